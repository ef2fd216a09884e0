import { PDFDocument, StandardFonts } from "pdf-lib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import type { ToldDocument } from "#domain/deliveries/told-document.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let office: Viewer
let employerId: string
let bsnOf: (number: string) => string

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  const people = await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))
  bsnOf = (number) => people.find((person) => person.number === number)?.bsn ?? ""
})

const seven: ToldDocument = { kind: "payslip", year: 2026, period: 3, employeeNumber: "7" }

/** A delivery with one file that says these things, as its package told of it; the check of it. */
async function checked(lines: readonly string[], told = seven) {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([500, 600])
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const [index, text] of lines.entries()) page.drawText(text, { x: 40, y: 550 - 20 * index, size: 10, font })
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  const { uploadId } = await receiveUpload(office, { deliveryId, name: "a.pdf", told, stream: new Blob([new Uint8Array(await pdf.save())]).stream() })
  await readUpload({ uploadId })
  const [item] = (await viewDelivery(office, { deliveryId })).items
  return { deliveryId, itemId: item?.id ?? "", employee: item?.employee?.number, parked: item?.parked, check: item?.check }
}

const fine = { parked: null, check: { level: "amber", code: "gets-welcome" } }
const about = (level: string, code: string) => ({ parked: null, check: { level, code } })

test("what is told and printed alike is fine, and so is what says nothing", async () => {
  expect(await checked(["Loonstrook", "Periode: maart 2026", "Personeelsnummer: 7", `BSN: ${bsnOf("7")}`])).toMatchObject({ employee: "7", ...fine })
  expect(await checked(["Loonstrook", "Periode: maart 2026", "Personeelsnummer: 007"])).toMatchObject(fine)
  expect(await checked(["Beste collega"])).toMatchObject(fine)
})

test("another person's number or BSN is red, keeps it from being sent, and is put right by hand", async () => {
  expect(await checked(["Loonstrook", "Personeelsnummer: 8"])).toMatchObject(about("red", "printed-other-person"))
  expect(await checked(["Loonstrook", `BSN: ${bsnOf("8")}`])).toMatchObject(about("red", "printed-other-person"))
  const strange = await checked(["Loonstrook", "BSN: 999990639"])
  expect(strange).toMatchObject(about("red", "printed-other-person"))
  const { deliveryId, itemId } = strange
  await stageDelivery(office, { deliveryId }, today)
  await expect(sendDelivery(office, { deliveryId })).rejects.toMatchObject({ code: "delivery-has-red", details: { count: 1 } })
  const again = await checked(["Loonstrook", "Personeelsnummer: 9"])
  const employeeId = await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId, number: "9" }, select: { id: true } }))
  await assignItem(office, { itemId: again.itemId, kind: "payslip", year: 2026, period: 3, periodKind: "month", employeeId: employeeId.id })
  expect((await viewDelivery(office, { deliveryId: again.deliveryId })).items).toMatchObject([{ mismatch: null, employee: { number: "9" }, check: { code: "gets-welcome" } }])
  expect(itemId).not.toBe("")
})

test("a number that is nobody's here, or that stands beside the own one, is not taken for another's", async () => {
  expect(await checked(["Loonstrook", "Personeelsnummer: 4711"])).toMatchObject(fine)
  expect(await checked(["Loonstrook", "Personeelsnummer: 7", "Contactpersoon: 8"])).toMatchObject(fine)
  expect(await checked(["Loonstrook", "BSN: 999990007"])).toMatchObject({ parked: null })
})

test.each([
  ["another kind by its title", ["Jaaropgave 2026"], "printed-other-kind"],
  ["another month", ["Loonstrook", "Periode: februari 2026"], "printed-other-period"],
  ["another year", ["Loonstrook", "Periode: maart 2025"], "printed-other-period"],
])("%s is worth a look", async (_what, lines, code) => {
  expect(await checked(lines)).toMatchObject({ employee: "7", ...about("amber", code) })
})

test("a document of the employer is compared too", async () => {
  const journal: ToldDocument = { kind: "journal-entry", year: 2026, period: 3, employeeNumber: null }
  expect(await checked(["Journaalpost", "Periode: maart 2026"], journal)).toMatchObject(about("green", "employer-document"))
  expect(await checked(["Loonstrook", "Periode: maart 2026"], journal)).toMatchObject(about("amber", "printed-other-kind"))
  expect(await checked(["Journaalpost", "Periode: maart 2026"], { ...journal, kind: "other", period: null })).toMatchObject(about("green", "employer-document"))
})
