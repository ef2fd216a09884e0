import { PDFDocument, StandardFonts } from "pdf-lib"
import { afterAll, beforeEach, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { type DeliveryItemView, viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, drop, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const taxNumbers = ["999990020L01", "999990032L01", "999990044L01", "999990056L01", "999990068L01", "999990081L01", "999990093L01", "999990111L01", "999990123L01"]
const list = "nummer;voorletters;achternaam;geboortedatum;bsn\n1001;N;Bakker;16-04-1986;999967216\n1002;K;Vries;03-11-1998;999920960\n1003;A;Smit;01-01-1990;999961810"
let office: Viewer
let employerId: string
let ids: Map<string, string>

async function makeWorld(): Promise<void> {
  office = await makeOffice()
  employerId = await makeClient(office, taxNumbers.shift())
  await bringIn(office, employerId, "csv", new TextEncoder().encode(list))
  ids = new Map((await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))).map((one) => [one.surname, one.employeeId]))
}
beforeEach(makeWorld)

const idOf = (surname: string) => ids.get(surname) ?? ""
const kees = ["Personeelsnummer: K77", "Naam: K. Vries"]
const nora = ["Personeelsnummer: N12", "Naam: N. Bakker"]

async function pdfOf(month: string, pages: readonly string[][]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const lines of pages) {
    const page = pdf.addPage()
    for (const [row, text] of [`Loonstrook ${month} 2026`, ...lines].entries()) page.drawText(text, { x: 50, y: 780 - row * 20, size: 11, font })
  }
  return new Uint8Array(await pdf.save())
}

/** A month's file in a delivery of its own; its documents in the order of the pages. */
async function deliver(month: string, ...pages: string[][]): Promise<{ deliveryId: string; items: DeliveryItemView[] }> {
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  await drop(office, deliveryId, "stroken.pdf", await pdfOf(month, pages))
  return { deliveryId, items: (await viewDelivery(office, { deliveryId })).items }
}

const assign = (item: DeliveryItemView | undefined, surname: string | null) =>
  assignItem(office, { itemId: item?.id ?? "", kind: surname ? "payslip" : "other", year: 2026, period: 3, periodKind: "month", employeeId: surname ? idOf(surname) : null })
const learnt = () => asSystem("operate", (tx) => tx.learntClue.findMany({ where: { employerId }, select: { employeeId: true, clue: true } }))
const outcome = (items: readonly DeliveryItemView[]) => items.map(({ employeeId, parked, evidence }) => [[...ids].find(([, id]) => id === employeeId)?.[0] ?? parked, evidence.join(" ")])

test("a code that was assigned by hand is recognised next month, with the reason; only a keyed hash of it is kept", async () => {
  const march = await deliver("maart", kees, nora)
  expect(outcome(march.items)).toEqual([["name-only", ""], ["name-only", ""]])
  await assign(march.items[0], "Vries")
  await assign(march.items[0], "Vries")
  const april = await deliver("april", kees, nora)
  expect(outcome(april.items)).toEqual([["Vries", "name learnt"], ["name-only", ""]])
  const rows = await learnt()
  expect(rows.map(({ employeeId }) => employeeId)).toEqual([idOf("Vries")])
  expect(JSON.stringify([rows, april.items])).not.toMatch(/K77/)
})

test("a later correction that says otherwise makes it forget, and the same code is nobody's then", async () => {
  const march = await deliver("maart", kees)
  await assign(march.items[0], "Vries")
  const april = await deliver("april", ["Personeelsnummer: K77"])
  await assign(april.items[0], "Smit")
  expect(await learnt()).toEqual([])
  expect(outcome((await deliver("mei", kees)).items)).toEqual([["name-only", ""]])
})

test("a slip of the hand that is put right at once leaves what is right", async () => {
  const { items } = await deliver("maart", kees)
  await assign(items[0], "Smit")
  await assign(items[0], "Vries")
  expect((await learnt()).map(({ employeeId }) => employeeId)).toEqual([idOf("Vries")])
})

test("a document that is the employer's after all teaches nothing, and takes back what it taught", async () => {
  const { items } = await deliver("maart", kees)
  await assign(items[0], "Vries")
  const delivery = { itemId: items[0]?.id ?? "", kind: "journal-entry" as const, year: 2026, period: 3, periodKind: "month" as const, employeeId: null }
  await assignItem(office, delivery)
  expect(await learnt()).toEqual([])
})

test("what stands on the documents of two people is of neither", async () => {
  const { items } = await deliver("maart", ["Personeelsnummer: 555X", "Naam: K. Vries"], ["Personeelsnummer: 555X", "Naam: N. Bakker"])
  await assign(items[0], "Vries")
  await assign(items[1], "Bakker")
  expect(await learnt()).toEqual([])
})

test("two who say it at once, of one person or of two, lose nothing and never leave a code with both", async () => {
  const [first, second] = [await deliver("maart", kees), await deliver("april", kees)]
  await Promise.all([assign(first.items[0], "Vries"), assign(second.items[0], "Vries")])
  expect((await learnt()).map(({ employeeId }) => employeeId)).toEqual([idOf("Vries")])
  await Promise.all([assign(first.items[0], "Smit"), assign(second.items[0], "Bakker")])
  expect((await learnt()).length).toBeLessThanOrEqual(1)
})

test("who left long ago is forgotten, and goes out of sight with what was learnt", async () => {
  const { items } = await deliver("maart", kees)
  await assign(items[0], "Vries")
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: idOf("Vries") }, data: { employedTo: new Date("2020-01-31") } }))
  expect(outcome((await deliver("mei", kees)).items)).toEqual([["name-only", ""]])
  await assign((await deliver("juni", nora)).items[0], "Bakker")
  expect((await learnt()).map(({ employeeId }) => employeeId)).toEqual([idOf("Bakker")])
})

test("what was learnt at one employer says nothing at another, and only who serves the employer sees it", async () => {
  const { items } = await deliver("maart", kees)
  await assign(items[0], "Vries")
  const count = (viewer: Viewer) => asViewer(viewer, (tx) => tx.learntClue.count())
  expect([await count(office), await count(await makeOffice()), await count(await viewerFor("employee", idOf("Vries")))]).toEqual([1, 0, 0])
  await makeWorld()
  expect(outcome((await deliver("maart", kees)).items)).toEqual([["name-only", ""]])
})
