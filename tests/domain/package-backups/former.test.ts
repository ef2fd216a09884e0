import { readdirSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { acceptEmployer } from "#domain/moves/accept-employer.ts"
import { chooseOffice, confirmOffice, viewOfficeChoice } from "#domain/moves/ask-office.ts"
import { describeBackup, pinBackup, removeBackup, unpinBackup } from "#domain/package-backups/change-backup.ts"
import { checkBackup } from "#domain/package-backups/check-backups.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { letFormerGo } from "#domain/package-backups/let-former-go.ts"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { takeBackup } from "#domain/package-backups/take-backup.ts"
import { viewFormerBackups } from "#domain/package-backups/view-former.ts"
import { listBackups, viewBackup, viewBackups } from "#domain/package-backups/view-backups.ts"
import { registerOffice } from "#domain/parties/register-office.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { asSystem } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { announce, inChunks, makeBackup, sendBackup } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, employerInput, makeClient, makeOffice, makeSelfRunning, today, viewerFor } from "../../support/house.ts"

const database = useDatabase()
const later = (days: number) => new Date(today.getTime() + days * 86_400_000)
let office: Viewer
let next: Viewer
let client: string
let employer: Viewer
let backupId: string
let other: string
let waiting: string
let coming: string
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const { street, houseNumber, postcode, city, phone } = employerInput()
  const address = { street, houseNumber, postcode, city, phone, email: "kantoor@voorbeeld.test" }
  office = await viewerFor("office", await asSystem("operate", (tx) => registerOffice(tx, { ...address, name: "Kantoor Vroeger", clientNumber: "399101" })), "399101")
  next = await makeOffice()
  client = await makeClient(office)
  employer = await viewerFor("employer", client)
  backupId = await makeBackup(office, client, Buffer.from("van toen"))
  other = await makeBackup(office, client, Buffer.from("nog een"), { now: later(1) })
  waiting = await sendBackup(office, client, Buffer.from("net binnen"))
  coming = (await announce(office, client, Buffer.from("onderweg"))).id
  await leave(client, next, later(2))
})
afterAll(async () => {
  await owner.end()
  await closeQueue()
})

async function leave(employerId: string, to: Viewer, at: Date): Promise<void> {
  const viewer = await viewerFor("employer", employerId)
  await chooseOffice(viewer, { clientNumber: to.username }, at)
  const moveId = (await viewOfficeChoice(viewer)).move?.id ?? ""
  await confirmOffice(viewer, { moveId }, at)
  await acceptEmployer(to, { moveId }, at)
}

const mails = async () => (await owner.query<{ to: string; at: Date }>("select to_address as to, queued_at as at from mail where kind = 'backup-ending' order by queued_at")).rows
const idsOf = async (viewer: Viewer) => (await viewFormerBackups(viewer)).map(({ id }) => id)
const stored = () => readdirSync(join(database.filesFolder, "backups"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length

test("a client that leaves is out of sight at once; the office keeps its own copies for ninety days, is mailed, and brings one back", async () => {
  expect(await viewFormerBackups(office)).toEqual([
    expect.objectContaining({ id: other, employerName: "Bakkerij De Korenmaat B.V.", goesAt: later(92), name: "LB005359.lda" }),
    expect.objectContaining({ id: backupId, goesAt: later(92) }),
  ])
  expect(await mails()).toEqual([{ to: "kantoor@voorbeeld.test", at: later(2) }])
  expect((await bytesOf((await openBackup(office, { backupId })).stream)).toString()).toBe("van toen")
  for (const look of [() => viewBackups(office, { employerId: client, year: 2026 }, today), () => listBackups(office, { employerId: client, limit: 10 })]) await expect(look()).rejects.toThrow(NotFound)
})

test("nothing else is done with them, and what was not whole yet is nobody's until it is", async () => {
  const changes = [
    () => describeBackup(office, { backupId, description: "anders" }),
    () => pinBackup(office, { backupId }, today),
    () => unpinBackup(office, { backupId }),
    () => takeBackup(office, { backupId: coming, offset: 0, stream: inChunks(Buffer.from("onderweg")) }, later(2)),
    () => viewBackup(office, { backupId: waiting }),
    () => removeBackup(office, { backupId: coming }),
  ]
  for (const change of changes) await expect(change()).rejects.toThrow(NotFound)
  await finishBackup({ backupId: waiting }, later(2))
  expect(await idsOf(office)).toContain(waiting)
})

test("nobody else finds them: not the client, its new office, a stranger, or a colleague who had some clients only; a reader removes none", async () => {
  const colleague = async (name: string, rank: "reader" | "member", clients: string[] | null) => {
    const email = `${name}@test.test`
    await addStaff(office, { name, email, rank, clients }, today)
    const role = await asSystem("operate", (tx) => tx.accountRole.findFirst({ where: { account: { email } }, select: { accountId: true } }))
    return { ...office, accountId: role?.accountId ?? "", rank }
  }
  const some = await colleague("some", "member", [await makeClient(office, "999990020L02")])
  for (const viewer of [employer, next, await makeOffice(), await makeSelfRunning("999990020L03"), some]) {
    if (viewer.kind === "office") expect(await viewFormerBackups(viewer)).toEqual([])
    else await expect(viewFormerBackups(viewer)).rejects.toThrow(NotFound)
    for (const ask of [viewBackup, openBackup, removeBackup]) await expect(ask(viewer, { backupId })).rejects.toThrow(NotFound)
  }
  const reader = await colleague("reader", "reader", null)
  expect(await idsOf(reader)).toContain(backupId)
  await expect(removeBackup(reader, { backupId })).rejects.toThrow(Forbidden)
})

test("a damaged one is told to the office that still has it", async () => {
  await owner.query("update package_backup set sha256 = $2 where id = $1", [other, Buffer.alloc(32)])
  expect(await checkBackup({ backupId: other }, later(20))).toBe("damaged")
  expect((await owner.query("select to_address as to from mail where kind = 'backup-damaged'")).rows).toEqual([{ to: "kantoor@voorbeeld.test" }])
})

test("the office removes one itself; the others go after a second mail two weeks ahead, never without it, with their bytes and their key", async () => {
  await removeBackup(office, { backupId: other })
  expect(await letFormerGo(later(77))).toEqual({ warned: 0, ended: 0 })
  const told = await Promise.all([letFormerGo(later(79)), letFormerGo(later(79))])
  expect([told.reduce((sum, { warned }) => sum + warned, 0), (await mails()).length]).toEqual([1, 2])
  expect(await letFormerGo(later(91.9))).toEqual({ warned: 0, ended: 0 })
  expect(await idsOf(office)).toEqual([waiting, backupId])
  const before = stored()
  const gone = await Promise.all([letFormerGo(later(93.1)), letFormerGo(later(93.1))])
  expect(gone.reduce((sum, { ended }) => sum + ended, 0)).toBe(1)
  expect([await idsOf(office), before - stored()]).toEqual([[], 2])
  await expect(openBackup(office, { backupId })).rejects.toThrow(NotFound)
  const { rows } = await owner.query<{ kind: string }>("select kind from audit_event where chain_id = $1 and kind in ('backup.client-left', 'backup.let-go') order by seq", [office.partyId])
  expect(rows.map(({ kind }) => kind)).toEqual(["backup.client-left", "backup.let-go", "backup.let-go", "backup.let-go"])
  expect((await owner.query("select from package_backup_key k join engagement e on e.id = k.audience_id where e.ended_at is not null")).rowCount).toBe(0)
})

test("one whose time went by while no worker ran is told of first, and goes two weeks after that", async () => {
  const late = await makeClient(office, "999990020L04")
  const lateId = await makeBackup(office, late, Buffer.from("te laat"))
  await leave(late, next, later(100))
  expect(await letFormerGo(later(300))).toEqual({ warned: 1, ended: 0 })
  expect(await idsOf(office)).toEqual([lateId])
  expect(await letFormerGo(later(313.9))).toEqual({ warned: 0, ended: 0 })
  expect(await letFormerGo(later(314.1))).toEqual({ warned: 0, ended: 1 })
})

test("a client without back-ups leaves nothing behind, and no mail", async () => {
  const before = (await mails()).length
  await leave(await makeClient(office, "999990020L05"), next, later(400))
  expect([await viewFormerBackups(office), (await mails()).length]).toEqual([[], before])
})

test("a back-up that came in at the very moment that its client left is not forgotten", async () => {
  const employerId = await makeClient(office, "999990020L06")
  const lastId = await makeBackup(office, employerId, Buffer.from("op het nippertje"))
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { employerId }, data: { endedAt: later(500) } }))
  expect(await idsOf(office)).toEqual([])
  const before = (await mails()).length
  await Promise.all([letFormerGo(later(500)), letFormerGo(later(500))])
  expect(await viewFormerBackups(office)).toEqual([expect.objectContaining({ id: lastId, goesAt: later(590) })])
  expect((await mails()).length).toBe(before + 1)
})
