import { afterAll, beforeAll, expect, test } from "vitest"
import { tellOfRecall } from "#domain/accounts/tell-of-recall.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { replaceFile } from "#domain/files/replace-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { viewNeighbours } from "#domain/files/view-neighbours.ts"
import { viewRecall } from "#domain/files/view-recall.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { planZip } from "#domain/files/zip-files.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { drop, makeOffice, sample } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { cabinetOf, eventsOf, mailsOf, payslipsOf, pdf, read, sendPayslips } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let house: House
beforeAll(async () => {
  house = await makeHouse()
}, 60_000)

const replace = (viewer: Viewer, fileId: string, stream = pdf()) => replaceFile(viewer, { fileId, stream }, new Date())
const current = async (viewer: Viewer) => (await payslipsOf(viewer)).find((one) => one.replacedAt === null)?.id ?? ""
const unreadOf = async (viewer: Viewer) => (await listUnread(viewer)).files.map((file) => file.id)
const cabinet = async (viewer: Viewer) => (await cabinetOf(viewer, house.employee.partyId)).payroll.map((file) => file.id)

test("a delivery with a second payslip of the same person and period replaces the first one, and the check says so before", async () => {
  const { office, employer, employee, colleague } = house
  await sendPayslips(house, new Date())
  const [first = ""] = (await payslipsOf(employee)).map((file) => file.id)
  const { deliveryId } = await startDelivery(office, { employerId: employer.partyId }, new Date())
  await drop(office, deliveryId, "opnieuw.pdf", await sample("maart", "loonstroken-maart-2026.pdf"))
  expect(new Set((await viewDelivery(office, { deliveryId })).items.map((item) => item.check.code))).toEqual(new Set(["replaces"]))
  await sendPayslips(house, new Date())

  const own = await payslipsOf(employee)
  const second = own.find((one) => one.id !== first)?.id ?? ""
  expect(own.map((file) => [file.id === first, file.replacedAt !== null, file.read])).toEqual([[false, false, false], [true, true, true]])
  expect(await unreadOf(employee)).toEqual([second])
  expect((await viewNeighbours(employee, { fileId: second, list: "unread" })).map((one) => one.id)).toEqual([second])
  expect(await viewRecall(employee, { fileId: first })).toMatchObject({ newer: { id: second }, earlier: [], mayWithdraw: false, mayReplace: false })
  for (const viewer of [office, employer]) {
    expect(await cabinet(viewer)).toEqual([second])
    expect((await planZip(viewer, { yearOf: second })).map((file) => file.id)).toEqual([second])
    expect((await viewRecall(viewer, { fileId: second })).earlier.map((one) => one.id)).toEqual([first])
    expect((await read(viewer, first)).length).toBeGreaterThan(100)
  }
  expect((await payslipsOf(colleague)).filter((file) => file.replacedAt === null)).toHaveLength(1)
  expect(await eventsOf(first, "file.replaced")).toBe(1)
}, 60_000)

test("by hand: the new one is unread for its owner, who is mailed once; three versions hang together", async () => {
  const { office, employer, employee } = house
  const first = await current(employee)
  await read(employee, first)
  const { fileId: second } = await replace(office, first, pdf("tweede"))
  const { fileId: third } = await replace(office, second, pdf("derde"))
  expect(await current(employee)).toBe(third)
  expect(await unreadOf(employee)).toEqual([third])
  expect(await cabinet(employer)).toEqual([third])
  expect((await viewRecall(employee, { fileId: first })).newer?.id).toBe(third)
  expect((await viewRecall(employer, { fileId: third })).earlier.map((one) => one.id).slice(0, 2)).toEqual([second, first])
  expect((await read(employee, third)).toString()).toContain("derde")
  for (const _time of [1, 2]) await tellOfRecall({ fileId: third, what: "file-replaced" }, new Date())
  expect(await Promise.all([employee, employer, office].map((one) => mailsOf(one, "file-replaced")))).toEqual([1, 0, 0])
  expect(await viewFile(employee, { fileId: third })).toMatchObject({ kind: "payslip", year: 2026, period: 3, senderId: office.partyId })
})

test("two at once replace it once: the other is told that it was replaced, and leaves nothing", async () => {
  const { office, employee } = house
  const fileId = await current(employee)
  const files = () => asSystem("operate", (tx) => tx.dossierFile.count())
  const before = await files()
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, (_, index) => replace(office, fileId, pdf(`tegelijk ${index}`))))
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))
  expect(refused).toEqual(Array(3).fill(new Conflict("file-replaced")))
  expect((await files()) - before).toBe(1)
})

test("two deliveries of the same month at once leave one payslip that counts", async () => {
  await Promise.all([sendPayslips(house, new Date()), sendPayslips(house, new Date())])
  for (const viewer of [house.employee, house.colleague]) expect((await payslipsOf(viewer)).filter((file) => file.replacedAt === null)).toHaveLength(1)
}, 60_000)

test("withdrawing and replacing at once does one of the two, or both in that order", async () => {
  for (let round = 0; round < 5; round++) {
    const fileId = await current(house.employee)
    const [replaced] = await Promise.allSettled([replace(house.office, fileId), withdrawFile(house.office, { fileId, reason: "twice" }, new Date())])
    if (replaced.status === "rejected") expect(replaced.reason).toEqual(new Conflict("file-withdrawn"))
    await expect(viewFile(house.employee, { fileId })).rejects.toThrow(NotFound)
    if (replaced.status === "rejected") await sendPayslips(house, new Date())
    else expect(await current(house.employee)).toBe(replaced.value.fileId)
  }
}, 120_000)

test("who did not send it replaces nothing, and what is no PDF, or withdrawn, is refused", async () => {
  const { office, employer, employee, colleague } = house
  const fileId = await current(employee)
  for (const viewer of [await makeOffice(), colleague]) await expect(replace(viewer, fileId)).rejects.toThrow(NotFound)
  for (const viewer of [employee, employer, { ...office, rank: "reader" as const }]) await expect(replace(viewer, fileId)).rejects.toThrow(Forbidden)
  await expect(replace(office, fileId, new Blob(["<xml/>"]).stream())).rejects.toThrow(new Invalid("replace-pdf"))
  await expect(replace(office, fileId, new Blob([]).stream())).rejects.toThrow(new Invalid("upload-empty"))
  await withdrawFile(office, { fileId, reason: "other" }, new Date())
  await expect(replace(office, fileId)).rejects.toThrow(new Conflict("file-withdrawn"))
})
