import { PDFDocument, StandardFonts } from "pdf-lib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { readItem } from "#domain/deliveries/preview-item.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { removeDelivery, removeItem, removeUpload } from "#domain/deliveries/remove-from-delivery.ts"
import { sendDelivery, stageDelivery, unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { atOnce as lockedAtOnce } from "../../support/at-once.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, drop, makeClient, makeOffice, sample, startWith, today } from "../../support/house.ts"

const database = useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let office: Viewer
let employerId: string
let employees: Map<string, string>

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  employees = await bringInBakers(office, employerId)
})

const atOnce = <T>(statement: string, works: readonly (() => Promise<T>)[]) => lockedAtOnce(database.ownerUrl, statement, works)

async function parkedPage(): Promise<{ deliveryId: string; itemId: string }> {
  const pdf = await PDFDocument.create()
  pdf.addPage().drawText("Loonstrook maart 2026", { x: 50, y: 700, font: await pdf.embedFont(StandardFonts.Helvetica) })
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  await drop(office, deliveryId, "vreemd.pdf", await pdf.save())
  return { deliveryId, itemId: (await viewDelivery(office, { deliveryId })).items[0]?.id ?? "" }
}

const payslip = { kind: "payslip", year: 2026, period: 3, periodKind: "month" } as const
const other = { kind: "other", year: 2026, period: null, periodKind: "month", employeeId: null } as const

test("a document that two sessions assign at once is the last one's, and encrypted for whom it is then", async () => {
  const { deliveryId, itemId } = await parkedPage()
  const toEmployee = () => assignItem(office, { ...payslip, itemId, employeeId: employees.get("1") ?? "" })
  const toEmployer = () => assignItem(office, { ...other, itemId })
  const outcomes = await atOnce(`select from delivery where id = '${deliveryId}' for update`, [toEmployee, toEmployer])
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }])
  const { employeeId, owner } = await asSystem("operate", async (tx) => {
    const item = await tx.deliveryItem.findUniqueOrThrow({ where: { id: itemId } })
    return { employeeId: item.employeeId, owner: (await tx.dossier.findUniqueOrThrow({ where: { id: item.dossierId } })).ownerId }
  })
  expect(owner).toBe(employeeId ?? employerId)
  expect((await bytesOf((await readItem(office, { itemId })).stream)).subarray(0, 5).toString()).toBe("%PDF-")
})

test("a document that two sessions take out at once is taken out once", async () => {
  const { deliveryId, itemId } = await parkedPage()
  const remove = () => removeItem(office, { itemId })
  const outcomes = await atOnce(`select from delivery where id = '${deliveryId}' for update`, [remove, remove])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
  expect(await asSystem("operate", (tx) => tx.auditEvent.count({ where: { subjectId: itemId, kind: "delivery.item-removed" } }))).toBe(1)
})

test.each([
  { what: "a file", remove: (uploadId: string, _deliveryId: string) => removeUpload(office, { uploadId }) },
  { what: "a delivery", remove: (_uploadId: string, deliveryId: string) => removeDelivery(office, { deliveryId }) },
])("$what that is thrown away while it is read is gone, and nobody has to try again", async ({ remove }) => {
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  const bytes = await sample("maart", "serie-overzichten-maart-2026.pdf")
  const { uploadId } = await receiveUpload(office, { deliveryId, name: "serie.pdf", stream: new Blob([new Uint8Array(bytes)]).stream() })
  const outcomes = await atOnce("lock table delivery_item in exclusive mode", [() => readUpload({ uploadId }), () => remove(uploadId, deliveryId)])
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }])
  expect(await asSystem("operate", (tx) => tx.deliveryItem.count({ where: { deliveryId } }))).toBe(0)
})

test("of sending and opening again at once, one wins and the other hears which", async () => {
  const deliveryId = await startWith(office, employerId, "maart", ["serie-overzichten-maart-2026.pdf"])
  await stageDelivery(office, { deliveryId }, today)
  const send = () => sendDelivery(office, { deliveryId })
  const [sent, sentAgain, opened] = await atOnce(`select from delivery where id = '${deliveryId}' for update`, [send, send, () => unstageDelivery(office, { deliveryId })])
  expect([sent?.status, sentAgain?.status]).toEqual(["fulfilled", "fulfilled"])
  expect(opened).toMatchObject({ status: "rejected", reason: { code: "delivery-sending" } })
  const jobs = await asSystem("operate", (tx) => tx.$queryRaw<unknown[]>`select from pgboss.job where name = 'send-delivery' and data->>'deliveryId' = ${deliveryId}`)
  expect(jobs).toHaveLength(1)
})
