import { afterAll, beforeAll, expect, test } from "vitest"
import { beginBackup } from "#domain/package-backups/begin-backup.ts"
import { changeReminder, describeBackup, pinBackup, removeBackup, unpinBackup } from "#domain/package-backups/change-backup.ts"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { takeBackup, viewBackupProgress } from "#domain/package-backups/take-backup.ts"
import { listBackups, viewBackup, viewBackups } from "#domain/package-backups/view-backups.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { asSystem, asViewer } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { announce, inChunks, makeBackup } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, makeClient, makeOffice, makeSelfRunning, today, viewerFor } from "../../support/house.ts"

useDatabase()
let office: Viewer
let client: string
let backupId: string
let comingId: string
let strangers: readonly (readonly [string, Viewer])[]
let reader: Viewer
let member: Viewer

beforeAll(async () => {
  office = await makeOffice()
  client = await makeClient(office)
  const [first = ""] = (await bringInBakers(office, client)).values()
  const other = await makeOffice()
  await makeClient(other, "999990020L02")
  backupId = await makeBackup(office, client, Buffer.from("van het kantoor"))
  comingId = (await announce(office, client, Buffer.from("onderweg"))).id
  strangers = [
    ["another office", other],
    ["the client of the office", await viewerFor("employer", client)],
    ["an employee of that client", await viewerFor("employee", first)],
    ["an employer that runs payroll itself", await makeSelfRunning("999990020L03")],
  ]
  reader = await colleague("reader")
  member = await colleague("member")
})
afterAll(closeQueue)

async function colleague(rank: "reader" | "member"): Promise<Viewer> {
  const email = `${rank}@test.test`
  await addStaff(office, { name: "Noor", email, rank, clients: null }, today)
  const role = await asSystem("operate", (tx) => tx.accountRole.findFirst({ where: { account: { email } }, select: { accountId: true } }))
  return { ...office, accountId: role?.accountId ?? "", rank }
}

/** Everything that takes a back-up's id, of one that is kept and of one that is on its way. */
const asked = (viewer: Viewer, id: string): Record<string, () => Promise<unknown>> => ({
  view: () => viewBackup(viewer, { backupId: id }),
  open: () => openBackup(viewer, { backupId: id }),
  progress: () => viewBackupProgress(viewer, { backupId: id }, today),
  take: () => takeBackup(viewer, { backupId: id, offset: 0, stream: inChunks(Buffer.from("x")) }, today),
  describe: () => describeBackup(viewer, { backupId: id, description: "van mij" }),
  pin: () => pinBackup(viewer, { backupId: id }, today),
  unpin: () => unpinBackup(viewer, { backupId: id }),
  remove: () => removeBackup(viewer, { backupId: id }),
})

test("nobody else finds a back-up, whatever is asked of it, and nothing changes", async () => {
  const wrong: string[] = []
  for (const [who, viewer] of strangers) {
    for (const id of [backupId, comingId]) {
      for (const [what, ask] of Object.entries(asked(viewer, id))) {
        const outcome = await ask().catch((error: unknown) => error)
        if (!(outcome instanceof NotFound)) wrong.push(`${who} ${what}`)
      }
    }
  }
  expect(wrong).toEqual([])
  expect(await viewBackup(office, { backupId })).toMatchObject({ description: "", pinnedAt: null, state: "kept" })
  expect(await viewBackupProgress(office, { backupId: comingId }, today)).toMatchObject({ offset: 0, state: "coming" })
})

test("the list of a client is its office's alone; the client itself, which has an office, begins none either", async () => {
  for (const [who, viewer] of strangers) {
    const employerId = who === "an employer that runs payroll itself" ? client : null
    await expect(viewBackups(viewer, { employerId: employerId ?? client }, today), who).rejects.toThrow(NotFound)
  }
  const employer = strangers[1]?.[1] ?? office
  expect((await listBackups(employer, { employerId: client, limit: 50 })).rows).toEqual([])
  const input = { name: "x", length: 1, year: 2026, sha256: null, description: "" }
  await expect(beginBackup(employer, { ...input, employerId: null }, today)).rejects.toMatchObject({ code: "backups-by-office" })
  await expect(changeReminder(employer, { employerId: null, days: 3 }, today)).rejects.toMatchObject({ code: "backups-by-office" })
  for (const [, viewer] of strangers.filter(([who]) => !who.startsWith("the client"))) await expect(beginBackup(viewer, { ...input, employerId: client }, today)).rejects.toThrow(NotFound)
})

test("a reader finds and downloads what the office has, and changes nothing; not by way of the database either", async () => {
  expect((await viewBackups(reader, { employerId: client, year: 2026 }, today))).toMatchObject({ mayAdd: false, kept: [{ id: backupId }] })
  expect((await bytesOf((await openBackup(reader, { backupId })).stream)).toString()).toBe("van het kantoor")
  const changes = Object.entries(asked(reader, backupId)).filter(([what]) => !["view", "open", "progress"].includes(what))
  for (const [what, ask] of changes) await expect(ask(), what).rejects.toThrow(Forbidden)
  await expect(beginBackup(reader, { employerId: client, name: "x", length: 1, year: 2026, sha256: null, description: "" }, today)).rejects.toThrow(Forbidden)
  await expect(changeReminder(reader, { employerId: client, days: 3 }, today)).rejects.toThrow(Forbidden)
  await expect(asViewer(reader, (tx) => tx.packageBackup.deleteMany({ where: { id: backupId } }))).rejects.toThrow()
})

test("a reader who asks how far an upload is interrupts nobody who sends it; a colleague who may go on with it does", async () => {
  const bytes = Buffer.from("nog onderweg")
  const [fromReader, fromMember] = await Promise.all([reader, member].map(async (colleague) => {
    const { id } = await announce(office, client, bytes)
    const [isHeld, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        isHeld.resolve()
        await held.promise
        controller.enqueue(new Uint8Array(bytes))
        controller.close()
      },
      cancel: () => held.resolve(),
    }, { highWaterMark: 0 })
    const sending = takeBackup(office, { backupId: id, offset: 0, stream }, today)
    await isHeld.promise
    const seen = await viewBackupProgress(colleague, { backupId: id }, today)
    held.resolve()
    return [seen.offset, (await sending).offset]
  }))
  expect([fromReader, fromMember]).toEqual([[0, bytes.length], [0, 0]])
})

test("a member does all that an owner does", async () => {
  const id = await makeBackup(member, client, Buffer.from("van een medewerker"))
  await pinBackup(member, { backupId: id }, today)
  await unpinBackup(member, { backupId: id })
  expect((await viewBackup(office, { backupId: id })).by).toBe("Noor")
  await removeBackup(member, { backupId: id })
  await expect(viewBackup(office, { backupId: id })).rejects.toThrow(NotFound)
})

test("that a back-up is whole, by its bytes, is not for a viewer to say", async () => {
  const say = (data: Record<string, unknown>) => asViewer(office, (tx) => tx.packageBackup.updateMany({ where: { id: comingId }, data }))
  for (const data of [{ landedAt: today, state: "kept" }, { sha256: new Uint8Array(32) }, { checkedAt: today }, { audienceId: client }]) await expect(say(data)).rejects.toThrow()
})

test("an office that lost its client loses sight of the back-ups at once, the next office sees none, and none goes on coming in", async () => {
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { employerId: client }, data: { endedAt: new Date() } }))
  for (const id of [backupId, comingId]) for (const [what, ask] of Object.entries(asked(office, id))) await expect(ask(), what).rejects.toThrow(NotFound)
  const employer = strangers[1]?.[1] ?? office
  expect((await viewBackups(employer, { employerId: null, year: 2026 }, today)).kept).toEqual([])
})
