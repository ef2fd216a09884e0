import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { changeReminder, describeBackup, pinBackup, removeBackup, unpinBackup } from "#domain/package-backups/change-backup.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { viewBackup, viewBackups } from "#domain/package-backups/view-backups.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { announce, makeBackup, sendBackup, sha256Of } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, makeClient, makeOffice, makeSelfRunning, today } from "../../support/house.ts"

const database = useDatabase()
let office: Viewer
let client: string
let counter = 20

beforeAll(async () => {
  office = await makeOffice()
})
afterAll(closeQueue)

const newClient = () => makeClient(office, `999990020L${String((counter += 1)).padStart(2, "0")}`)
const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const namesOf = async (employerId: string, year = 2026) => (await viewBackups(office, { employerId, year }, today)).kept.map(({ name }) => name)
const stored = () => readdirSync(join(database.filesFolder, "backups"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
const named = (name: string, minutes: number, year = 2026) => ({ name, year, now: later(minutes) })

test("a back-up of several pieces comes back byte for byte, with its checksum, and nothing of it can be read where it is stored", async () => {
  client = await newClient()
  const bytes = Buffer.concat([randomBytes(9_000_000), Buffer.from("Bakkerij De Korenmaat")])
  const id = await makeBackup(office, client, bytes, { description: "Voor de\njaarwisseling" })
  expect(await viewBackup(office, { backupId: id })).toMatchObject({ name: "LB005359.lda", length: bytes.length, sha256: sha256Of(bytes), state: "kept", description: "Voor de jaarwisseling", landedAt: today, checkedAt: today, by: "Kantoor 1" })
  const opened = await openBackup(office, { backupId: id })
  expect((await bytesOf(opened.stream)).equals(bytes)).toBe(true)
  expect(opened).toMatchObject({ size: bytes.length, part: null, sha256: Buffer.from(sha256Of(bytes), "hex").toString("base64") })
  const pieces = stored().map((one) => readFileSync(join(one.parentPath, one.name)))
  expect(pieces.length).toBe(3)
  expect(pieces.every((piece) => piece.subarray(0, 21).toString() === "age-encryption.org/v1" && !piece.includes("Korenmaat"))).toBe(true)
})

test("a range of it comes as it stands there, also over the edge of two pieces; past the end there is none", async () => {
  const bytes = randomBytes(5_000_000)
  const id = await makeBackup(office, await newClient(), bytes)
  const range = { first: 4_194_000, last: 4_194_999 }
  const { part, stream } = await openBackup(office, { backupId: id, range })
  expect([part, (await bytesOf(stream)).equals(bytes.subarray(4_194_000, 4_195_000))]).toEqual([{ start: 4_194_000, end: 4_195_000 }, true])
  await expect(openBackup(office, { backupId: id, range: { first: 5_000_000, last: null } })).rejects.toMatchObject({ code: "range-past-end", details: { size: 5_000_000 } })
})

test("the last five of a payroll year are kept: the sixth takes the place of the oldest, another year is left alone, and the bytes go too", async () => {
  const employerId = await newClient()
  const before = stored().length
  await makeBackup(office, employerId, Buffer.from("ander jaar"), named("2025", 0, 2025))
  for (const [index, name] of ["een", "twee", "drie", "vier", "vijf", "zes", "zeven"].entries()) {
    await makeBackup(office, employerId, Buffer.from(name), named(name, index))
  }
  expect(await namesOf(employerId)).toEqual(["zeven", "zes", "vijf", "vier", "drie"])
  expect(await namesOf(employerId, 2025)).toEqual(["2025"])
  expect(stored().length - before).toBe(6)
})

test("until the sixth is whole and read, the oldest stays: while it comes, while it waits, and when it is not what was said", async () => {
  const employerId = await newClient()
  for (const [index, name] of ["a", "b", "c", "d", "e"].entries()) await makeBackup(office, employerId, Buffer.from(name), named(name, index))
  const five = ["e", "d", "c", "b", "a"]
  await announce(office, employerId, Buffer.from("onderweg"), named("f", 9))
  expect(await namesOf(employerId)).toEqual(five)
  const wrong = await makeBackup(office, employerId, Buffer.from("anders"), { ...named("g", 10), sha256: "0".repeat(64) })
  expect([await namesOf(employerId), (await viewBackup(office, { backupId: wrong })).refusal]).toEqual([five, "backup-changed"])
  const waiting = await sendBackup(office, employerId, Buffer.from("wacht"), named("h", 11))
  expect(await namesOf(employerId)).toEqual(five)
  await finishBackup({ backupId: waiting }, later(12))
  expect(await namesOf(employerId)).toEqual(["h", "e", "d", "c", "b"])
})

test("of eight that are read at once, with jobs that run twice, exactly five stay", async () => {
  const employerId = await newClient()
  const ids = []
  for (let index = 0; index < 8; index += 1) ids.push(await sendBackup(office, employerId, Buffer.from(`tegelijk ${index}`), named("zelfde.lda", index)))
  await Promise.all([...ids, ...ids].map((backupId) => finishBackup({ backupId }, later(20))))
  expect(await namesOf(employerId)).toEqual(Array(5).fill("zelfde.lda"))
  expect((await viewBackups(office, { employerId, year: 2026 }, today)).underWay).toEqual([])
})

test("a pinned one stays beside the five; made loose it counts again; more than five of a year cannot be pinned", async () => {
  const employerId = await newClient()
  const first = await makeBackup(office, employerId, Buffer.from("vast"), named("vast", 0))
  await Promise.all([pinBackup(office, { backupId: first }, today), pinBackup(office, { backupId: first }, today)])
  const ids = []
  for (let index = 1; index <= 6; index += 1) ids.push(await makeBackup(office, employerId, Buffer.from(String(index)), named(String(index), index)))
  expect(await namesOf(employerId)).toEqual(["6", "5", "4", "3", "2", "vast"])
  const outcomes = await Promise.allSettled(ids.slice(1).map((backupId) => pinBackup(office, { backupId }, today)))
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(["backups-pinned"])
  await unpinBackup(office, { backupId: first })
  for (let index = 7; index <= 11; index += 1) await makeBackup(office, employerId, Buffer.from(String(index)), named(String(index), index))
  expect(await namesOf(employerId)).not.toContain("vast")
  expect((await namesOf(employerId)).length).toBe(9)
})

test("what is on its way cannot be pinned or downloaded", async () => {
  const { id } = await announce(office, await newClient(), Buffer.from("nog niet"))
  await expect(pinBackup(office, { backupId: id }, today)).rejects.toMatchObject({ code: "backup-not-kept" })
  await expect(openBackup(office, { backupId: id })).rejects.toThrow(NotFound)
})

test("a description can be changed, up to two hundred characters; removing takes row and bytes away, and twice is not found", async () => {
  const backupId = await makeBackup(office, await newClient(), Buffer.from("weg ermee"))
  const before = stored().length
  await describeBackup(office, { backupId, description: "é".repeat(200) })
  expect((await viewBackup(office, { backupId })).description).toBe("é".repeat(200))
  await expect(describeBackup(office, { backupId, description: "é".repeat(201) })).rejects.toMatchObject({ code: "backup-description" })
  await removeBackup(office, { backupId })
  expect(before - stored().length).toBe(1)
  await expect(removeBackup(office, { backupId })).rejects.toThrow(NotFound)
})

test("an employer that runs payroll itself has back-ups of its own", async () => {
  const employer = await makeSelfRunning("999990020L99")
  await makeBackup(employer, null, Buffer.from("eigen"))
  await changeReminder(employer, { employerId: null, days: 9 }, today)
  const { kept, mayAdd, reminderDays, employer: { id } } = await viewBackups(employer, { employerId: null }, today)
  expect([kept.length, mayAdd, reminderDays, id]).toEqual([1, true, 9, employer.partyId])
})
