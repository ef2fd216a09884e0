import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { changeReminder, removeBackup } from "#domain/package-backups/change-backup.ts"
import { checkBackup, queueChecks } from "#domain/package-backups/check-backups.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { remindMissed } from "#domain/package-backups/remind-missed.ts"
import { viewBackup, viewBackups, viewClientBackups } from "#domain/package-backups/view-backups.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { makeBackup, sendBackup } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, employerInput, makeClient, makeSelfRunning, today, viewerFor } from "../../support/house.ts"
import { registerOffice } from "#domain/parties/register-office.ts"
import { asSystem } from "#platform/database.ts"

const database = useDatabase()
let office: Viewer
let client: string
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  office = await officeWithMail("399001", "kantoor@voorbeeld.test")
  client = await makeClient(office)
})
afterAll(async () => {
  await owner.end()
  await closeQueue()
})

async function officeWithMail(clientNumber: string, email: string): Promise<Viewer> {
  const { street, houseNumber, postcode, city, phone } = employerInput()
  const id = await asSystem("operate", (tx) => registerOffice(tx, { street, houseNumber, postcode, city, phone, email, name: "Kantoor Wachter", clientNumber }))
  return viewerFor("office", id, clientNumber)
}

const later = (days: number) => new Date(today.getTime() + days * 86_400_000)
const mails = async (kind: string) => (await owner.query<{ to: string }>("select to_address as to from mail where kind = $1 order by queued_at, id", [kind])).rows.map(({ to }) => to)
const queued = async (name: string) => (await owner.query<{ id: string }>("select data ->> 'backupId' as id from pgboss.job where name = $1", [name])).rows.map(({ id }) => id)
const stored = (backupId: string) =>
  readdirSync(join(database.filesFolder, "backups"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && one.name.startsWith(backupId)).map((one) => join(one.parentPath, one.name)).sort()

test("a back-up that was not read for six days is read whole again, and the page shows when; one that was is left alone", async () => {
  const backupId = await makeBackup(office, client, randomBytes(5_000_000))
  expect(await checkBackup({ backupId }, later(5.9))).toBe(null)
  expect(await checkBackup({ backupId }, later(6.1))).toBe("sound")
  expect(await viewBackup(office, { backupId })).toMatchObject({ checkedAt: later(6.1), damagedAt: null })
  await queueChecks(later(12))
  expect(await queued("check-backup")).not.toContain(backupId)
  await queueChecks(later(12.2))
  expect(await queued("check-backup")).toContain(backupId)
})

test("an upload that is whole and that no worker read is left to be read again", async () => {
  const backupId = await sendBackup(office, client, Buffer.from("vergeten"), { year: 2025 })
  const before = (await queued("finish-backup")).filter((id) => id === backupId).length
  await queueChecks(later(0.1))
  expect((await queued("finish-backup")).filter((id) => id === backupId).length).toBe(before + 1)
  await finishBackup({ backupId }, today)
})

const damages: [string, (path: string, other: string) => void][] = [
  ["a byte changed", (path) => writeFileSync(path, flipped(path, -20))],
  ["a piece is gone", (path) => rmSync(path)],
  ["the end of a piece is missing", (path) => writeFileSync(path, readFileSync(path).subarray(0, -1))],
  ["two pieces changed places", (path, other) => [readFileSync(path), readFileSync(other)].forEach((bytes, index) => writeFileSync(index === 0 ? other : path, bytes))],
]

function flipped(path: string, at: number): Buffer {
  const bytes = readFileSync(path)
  bytes.writeUInt8((bytes.at(at) ?? 0) ^ 1, bytes.length + at)
  return bytes
}

test.each(damages)("when %s the back-up is marked at once, the owners are mailed once, and it does not count towards the five", async (_what, damage) => {
  const employerId = await makeClient(office, `999990020L${10 + damages.findIndex(([what]) => what === _what)}`)
  const bytes = randomBytes(4_194_304 * 2)
  const damaged = await makeBackup(office, employerId, bytes)
  const before = (await mails("backup-damaged")).length
  const [first = "", second = ""] = stored(damaged)
  damage(first, second)
  expect(await checkBackup({ backupId: damaged }, later(7))).toBe("damaged")
  expect(await viewBackup(office, { backupId: damaged })).toMatchObject({ checkedAt: later(7), damagedAt: later(7) })
  expect((await mails("backup-damaged")).slice(before)).toEqual(["kantoor@voorbeeld.test"])
  await checkBackup({ backupId: damaged }, later(14))
  expect(await viewBackup(office, { backupId: damaged })).toMatchObject({ checkedAt: later(14), damagedAt: later(7) })
  expect((await mails("backup-damaged")).length).toBe(before + 1)
  for (let index = 0; index < 5; index += 1) await makeBackup(office, employerId, Buffer.from(String(index)), { name: String(index), now: later(index) })
  expect((await viewBackups(office, { employerId, year: 2026 }, today)).kept.map(({ name }) => name)).toEqual(["4", "3", "2", "1", "0", "LB005359.lda"])
  if (!/places/.test(_what)) await expect(openBackup(office, { backupId: damaged }).then(({ stream }) => bytesOf(stream))).rejects.toThrow("cannot be read")
})

test("what can be read again is not marked any more", async () => {
  const backupId = await makeBackup(office, client, Buffer.from("even weg"))
  const [path = ""] = stored(backupId)
  const bytes = readFileSync(path)
  rmSync(path)
  expect(await checkBackup({ backupId }, later(7))).toBe("damaged")
  writeFileSync(path, bytes)
  expect(await checkBackup({ backupId }, later(14))).toBe("sound")
  expect((await viewBackup(office, { backupId })).damagedAt).toBe(null)
  await removeBackup(office, { backupId })
})

test("what came in and cannot be read back is refused, not kept", async () => {
  const backupId = await sendBackup(office, client, Buffer.from("meteen weg"))
  rmSync(stored(backupId)[0] ?? "")
  await finishBackup({ backupId }, today)
  expect(await viewBackup(office, { backupId })).toMatchObject({ state: "refused", refusal: "backup-unreadable" })
})

test("owners are told once when none came for as long as was set, over all clients in one mail, and anew after the next one came and none again", async () => {
  const [second, third] = [await makeClient(office, "999990020L31"), await makeClient(office, "999990020L32")]
  await makeBackup(office, second, Buffer.from("tweede"), { now: later(0) })
  for (const [employerId, days] of [[second, 3], [third, 3]] as const) await changeReminder(office, { employerId, days }, later(0))
  expect([await remindMissed(later(2.9)), await mails("backup-missed")]).toEqual([0, []])
  const at = later(3.1)
  await Promise.all([remindMissed(at), remindMissed(at), remindMissed(later(3.2))])
  expect(await mails("backup-missed")).toEqual(["kantoor@voorbeeld.test"])
  await remindMissed(later(50))
  expect((await mails("backup-missed")).length).toBe(1)
  await makeBackup(office, third, Buffer.from("derde"), { now: later(51) })
  await remindMissed(later(53))
  expect((await mails("backup-missed")).length).toBe(1)
  expect(await remindMissed(later(54.1))).toBe(1)
  await changeReminder(office, { employerId: third, days: null }, later(55))
  await makeBackup(office, second, Buffer.from("weer"), { now: later(55) })
  await changeReminder(office, { employerId: second, days: null }, later(55))
  expect(await remindMissed(later(99))).toBe(0)
})

test("a damaged back-up does not keep a reminder away, and who was sent away is not told", async () => {
  const employer = await makeSelfRunning("999990020L41")
  const backupId = await makeBackup(employer, null, Buffer.from("enige"), { now: later(60) })
  await changeReminder(employer, { employerId: null, days: 2 }, later(56))
  rmSync(stored(backupId)[0] ?? "")
  await checkBackup({ backupId }, later(66.5))
  const before = (await mails("backup-missed")).length
  await remindMissed(later(61))
  expect((await mails("backup-missed")).slice(before)).toEqual(["werkgever@voorbeeld.test"])
  const other = await officeWithMail("399002", "ander@voorbeeld.test")
  const lost = await makeClient(other, "999990020L42")
  await changeReminder(other, { employerId: lost, days: 1 }, later(60))
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { employerId: lost }, data: { endedAt: later(61) } }))
  await remindMissed(later(70))
  expect(await mails("backup-missed")).not.toContain("ander@voorbeeld.test")
})

test("an office sees at a glance of which clients a back-up is damaged or missed, and another office none of it", async () => {
  const own = await officeWithMail("399003", "overzicht@voorbeeld.test")
  const [fine, damaged, missed] = [await makeClient(own, "999990020L51"), await makeClient(own, "999990020L52"), await makeClient(own, "999990020L53")]
  await makeClient(own, "999990020L54")
  await makeBackup(own, fine, Buffer.from("goed"), { now: later(9) })
  rmSync(stored(await makeBackup(own, damaged, Buffer.from("stuk"), { now: later(1) }))[0] ?? "")
  const [{ id: backupId = "" } = {}] = (await viewBackups(own, { employerId: damaged, year: 2026 }, today)).kept
  await checkBackup({ backupId }, later(8))
  for (const employerId of [fine, missed]) await changeReminder(own, { employerId, days: 5 }, later(1))
  const seen = await viewClientBackups(own, later(10))
  expect(seen.slice(0, 2).map(({ employerId }) => employerId).toSorted()).toEqual([damaged, missed].toSorted())
  const of = (id: string) => seen.find(({ employerId }) => employerId === id)
  expect(of(fine)).toMatchObject({ kept: 1, damaged: 0, isMissed: false, lastAt: later(9), reminderDays: 5 })
  expect(of(damaged)).toMatchObject({ kept: 1, damaged: 1, isMissed: false, lastAt: null, reminderDays: null })
  expect(of(missed)).toMatchObject({ kept: 0, damaged: 0, isMissed: true, lastAt: null })
  expect(seen.length).toBe(3)
  expect(await viewClientBackups(await officeWithMail("399004", "leeg@voorbeeld.test"), later(10))).toEqual([])
})

test.each([0, 367, 1.5])("%d days is no reminder", async (days) => {
  await expect(changeReminder(office, { employerId: client, days }, today)).rejects.toMatchObject({ code: "backup-days" })
})
