import { afterAll, beforeAll, expect, test } from "vitest"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { openFile } from "#domain/files/open-file.ts"
import { unreadCount } from "#domain/files/unread-count.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { binFiles, restoreFiles, viewBin } from "#domain/sharing/bin-files.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { sweepBin } from "#domain/sharing/sweep-bin.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { storage } from "#platform/storage.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeHouse, placeOwn, type House } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let house: House
const now = new Date()
beforeAll(async () => {
  house = await makeHouse()
}, 60_000)

const sees = (viewer: Viewer, fileId: string) => viewFile(viewer, { fileId }).then(() => true, () => false)
const share = (viewer: Viewer, fileId: string, receiverId: string) => shareFiles(viewer, { fileIds: [fileId], receiverIds: [receiverId], lastDay: null }, now)
const bin = (viewer: Viewer, ...fileIds: string[]) => binFiles(viewer, { fileIds })
const unread = (viewer: Viewer) => asViewer(viewer, (tx) => unreadCount(tx))

test("in the bin a file is seen by nobody, its owner finds it there, and its shares come back with it", async () => {
  const { employee, employer, office, engagementId, colleague } = house
  const fileId = await placeOwn(employee, employer.partyId, "rijbewijs.pdf")
  await share(employee, fileId, employer.partyId)
  await share(employer, fileId, engagementId)
  const before = await unread(employer)
  await bin(employee, fileId)
  await bin(employee, fileId)
  expect(await Promise.all([employee, employer, office].map((one) => sees(one, fileId)))).toEqual([false, false, false])
  expect(await unread(employer)).toBe(before - 1)
  await expect(openFile(employer, { fileId, how: "download" })).rejects.toMatchObject({ code: "not-found" })
  expect((await viewDossier(employee, { year: null }, now)).files.own.map((file) => file.id)).not.toContain(fileId)
  expect(await viewBin(employee, now)).toMatchObject([{ id: fileId, name: "rijbewijs.pdf", days: 30 }])
  for (const other of [employer, office, colleague]) {
    expect(await viewBin(other, now)).toEqual([])
    await expect(restoreFiles(other, { fileIds: [fileId] })).rejects.toMatchObject({ code: "not-found" })
  }
  await restoreFiles(employee, { fileIds: [fileId] })
  await restoreFiles(employee, { fileIds: [fileId] })
  expect(await Promise.all([employee, employer, office].map((one) => sees(one, fileId)))).toEqual([true, true, true])
  const kinds = await asSystem("operate", (tx) => tx.auditEvent.groupBy({ by: ["kind"], where: { subjectId: fileId, kind: { in: ["file.binned", "file.restored"] } }, _count: true }))
  expect(kinds.map(({ kind, _count }) => [kind, _count]).sort()).toEqual([["file.binned", 1], ["file.restored", 1]])
})

test("a receiver deletes nothing, nobody deletes a payroll file, and of several all stay when one may not go", async () => {
  const { employee, employer, colleague } = house
  const [fileId, mine] = [await placeOwn(employee, employer.partyId), await placeOwn(employer, employer.partyId)]
  await share(employee, fileId, employer.partyId)
  await expect(bin(employer, mine, fileId)).rejects.toMatchObject({ code: "bin-not-yours" })
  await expect(bin(colleague, fileId)).rejects.toMatchObject({ code: "not-found" })
  expect(await sees(employer, mine)).toBe(true)
  await asSystem("operate", (tx) => tx.dossierFile.update({ where: { id: fileId }, data: { origin: "payroll", year: 2026 } }))
  await expect(bin(employee, fileId)).rejects.toMatchObject({ code: "payroll-stays" })
  await expect(share(employee, fileId, employer.partyId)).rejects.toMatchObject({ code: "share-not-allowed" })
})

test("after thirty days row and bytes are gone, before that nothing is", async () => {
  const { employee, employer, engagementId } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await share(employee, fileId, employer.partyId)
  await share(employer, fileId, engagementId)
  const { storageKey } = await asSystem("operate", (tx) => tx.dossierFile.findUniqueOrThrow({ where: { id: fileId }, select: { storageKey: true } }))
  await bin(employee, fileId)
  const later = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000)
  await sweepBin(later(29))
  await restoreFiles(employee, { fileIds: [fileId] })
  await sweepBin(later(31))
  expect(await sees(employee, fileId)).toBe(true)
  await bin(employee, fileId)
  expect(await sweepBin(later(31))).toBe(1)
  expect(await sweepBin(later(31))).toBe(0)
  expect(await asSystem("operate", (tx) => tx.grant.count({ where: { fileId } }))).toBe(0)
  await expect(storage().then((store) => store.get(storageKey))).rejects.toThrow()
  await expect(restoreFiles(employee, { fileIds: [fileId] })).rejects.toMatchObject({ code: "not-found" })
})
