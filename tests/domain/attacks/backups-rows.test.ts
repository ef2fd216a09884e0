import { afterAll, beforeAll, expect, test } from "vitest"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { asSystem, asViewer } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { announce, makeBackup } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, makeClient, makeOffice, today } from "../../support/house.ts"

useDatabase()
let office: Viewer
let client: string
let kept: string
let coming: string
beforeAll(async () => {
  office = await makeOffice()
  client = await makeClient(office)
  kept = await makeBackup(office, client, Buffer.from("eerste"))
  coming = (await announce(office, client, Buffer.from("tweede"))).id
})
afterAll(closeQueue)

const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow()

test("no viewer says of a back-up that it begins that it is one of the kept, was refused or is pinned", async () => {
  const { audienceId } = await asSystem("operate", (tx) => tx.packageBackup.findUniqueOrThrow({ where: { id: kept }, select: { audienceId: true } }))
  const begun = { audienceId, employerId: client, year: 2026, name: "x", length: 6, beganBy: office.accountId, beganByName: "Noor", beganAt: today }
  const whole = { state: "kept", received: 6, sha256: new Uint8Array(32), landedAt: today, checkedAt: today }
  const insert = (data: object) => asViewer(office, (tx) => tx.packageBackup.createMany({ data: [{ id: newId(), ...begun, ...data }] }))
  await insert({})
  for (const data of [whole, { state: "refused", refusal: "x" }, { state: "checking" }, { received: 3 }, { pinnedAt: today }]) await refused(insert(data))
})

test("no piece is put into a back-up that is kept, nor where nothing came in", async () => {
  const insert = (backupId: string, startsAt: number) => asViewer(office, (tx) => tx.packageBackupPiece.createMany({ data: [{ id: newId(), backupId, startsAt, size: 6 }] }))
  await refused(insert(kept, 6))
  await refused(insert(kept, 100))
  await refused(insert(coming, 0))
  expect((await bytesOf((await openBackup(office, { backupId: kept })).stream)).toString()).toBe("eerste")
})

test("a piece of one back-up goes under no other", async () => {
  await refused(asViewer(office, (tx) => tx.packageBackupPiece.updateMany({ where: { backupId: kept }, data: { backupId: coming } })))
  await refused(asViewer(office, (tx) => tx.packageBackupPiece.deleteMany({ where: { backupId: kept } })))
})
