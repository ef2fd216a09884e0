import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { PDFDocument, StandardFonts } from "pdf-lib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { storage } from "#platform/storage.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, drop, makeClient, makeOffice, makeSelfRunning, sample, startWith, today, viewerFor } from "../../support/house.ts"

useDatabase()
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

async function fresh(): Promise<string> {
  return (await startDelivery(office, { employerId }, today)).deliveryId
}

async function kept(): Promise<number> {
  let count = 0
  for await (const _ of (await storage()).list("files/")) count += 1
  return count
}

/** What became of one dropped file: its state, the code of its refusal, and its documents. */
async function outcome(name: string, bytes: Uint8Array) {
  const deliveryId = await fresh()
  await drop(office, deliveryId, name, bytes)
  const { uploads, items } = await viewDelivery(office, { deliveryId })
  return { deliveryId, state: uploads[0]?.state, refusal: uploads[0]?.refusal, name: uploads[0]?.name, items }
}

async function page(lines: readonly string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const sheet = pdf.addPage()
  lines.forEach((line, index) => sheet.drawText(line, { x: 50, y: 750 - index * 24, size: 12, font }))
  return pdf.save()
}

test("what is no PDF and no XML is refused at the door, by its bytes and not its name, and nothing of it is kept", async () => {
  const deliveryId = await fresh()
  const before = await kept()
  const files = { "": new Uint8Array(), html: Buffer.from("<!doctype html><script>alert(1)</script>"), svg: Buffer.from("<svg xmlns='x'/>"), zip: Buffer.from("PK\u0003\u0004rest"), text: Buffer.from("gewoon tekst") }
  for (const bytes of Object.values(files)) {
    await expect(drop(office, deliveryId, "loonstroken.pdf", new Uint8Array(bytes))).rejects.toMatchObject({ code: bytes.length ? "upload-not-supported" : "upload-empty" })
  }
  expect(await kept()).toBe(before)
  expect((await viewDelivery(office, { deliveryId })).uploads).toEqual([])
})

test("a broken PDF is refused with its reason and stays visible until it is removed", async () => {
  const whole = await sample("maart", "loonstroken-maart-2026.pdf")
  expect(await outcome("kapot.pdf", Buffer.from("%PDF-1.7\nen dan niets meer"))).toMatchObject({ state: "refused", refusal: "broken", items: [] })
  const half = await outcome("half.pdf", whole.slice(0, whole.length / 2))
  expect(half.state === "refused" || half.items.every((item) => item.parked !== null || item.employeeId !== null)).toBe(true)
})

test("pages without text are parked, and so is a payslip of nobody here or of two people", async () => {
  expect((await outcome("scan.pdf", await page([]))).items).toMatchObject([{ parked: "no-text", employeeId: null }])
  const stranger = ["Loonstrook maart 2026", "Personeelsnummer 99", "Naam: Z. Onbekend", "Geboortedatum: 01-01-1970"]
  expect((await outcome("vreemd.pdf", await page(stranger))).items).toMatchObject([{ parked: expect.any(String), employeeId: null }])
  const two = ["Loonstrook maart 2026", "Personeelsnummer: 1", "Naam: Bakker, N", "Geboortedatum: 16-04-1986", "Personeelsnummer: 2", "Naam: Vries, K de", "Geboortedatum: 03-11-1998"]
  expect((await outcome("twee.pdf", await page(two))).items).toMatchObject([{ parked: expect.any(String), employeeId: null }])
})

test("a parked payslip stops the staging until somebody says whose it is", async () => {
  const { deliveryId, items } = await outcome("vreemd.pdf", await page(["Loonstrook maart 2026", "Naam: Z. Onbekend"]))
  await expect(stageDelivery(office, { deliveryId }, today)).rejects.toMatchObject({ code: "delivery-has-parked", details: { count: 1 } })
  const input = { itemId: items[0]?.id ?? "", kind: "payslip" as const, year: 2026, period: 3, periodKind: "month" as const, employeeId: employees.get("7") ?? "" }
  await expect(assignItem(office, { ...input, period: 13 })).rejects.toMatchObject({ code: "item-period-unknown" })
  await expect(assignItem(office, { ...input, employeeId: null })).rejects.toMatchObject({ code: "item-needs-employee" })
  await assignItem(office, input)
  await stageDelivery(office, { deliveryId }, today)
  expect((await viewDelivery(office, { deliveryId })).items).toMatchObject([{ parked: null, evidence: ["by-hand"], employee: { number: "7" } }])
})

test("a document cannot be given to an employee of another employer, also not of the same office", async () => {
  const other = await makeClient(office, "999990032L01")
  const { items } = await outcome("vreemd.pdf", await page(["Loonstrook maart 2026", "Naam: Z. Onbekend"]))
  const elsewhere = await startDelivery(office, { employerId: other }, today)
  await drop(office, elsewhere.deliveryId, "a.pdf", await page(["Loonstrook maart 2026"]))
  const [item] = (await viewDelivery(office, { deliveryId: elsewhere.deliveryId })).items
  const input = { kind: "payslip" as const, year: 2026, period: 3, periodKind: "month" as const, employeeId: employees.get("1") ?? "" }
  await expect(assignItem(office, { ...input, itemId: item?.id ?? "" })).rejects.toThrow(NotFound)
  await expect(assignItem(office, { ...input, itemId: items[0]?.id ?? "", employeeId: other })).rejects.toThrow(NotFound)
})

test("an XML with a DTD, of an unknown kind, or of another employer is parked, never placed", async () => {
  const sepa = Buffer.from(await sample("maart", "sepa-lonen-maart-2026.xml")).toString()
  const withDtd = sepa.replace("<Document", '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<Document')
  expect((await outcome("dtd.xml", Buffer.from(withDtd))).items).toMatchObject([{ parked: "unknown-xml" }])
  expect((await outcome("anders.xml", Buffer.from("<?xml version='1.0'?><Anders/>"))).items).toMatchObject([{ parked: "unknown-xml" }])
  const filed = Buffer.from(await sample("maart", "loonaangifte-2026-03.xml")).toString()
  expect((await outcome("aangifte.xml", Buffer.from(filed))).items).toMatchObject([{ parked: null, kind: "wage-tax-return", year: 2026, period: 3 }])
  expect((await outcome("ander.xml", Buffer.from(filed.replace("999990020L01", "999990032L01")))).items).toMatchObject([{ parked: "other-employer" }])
})

test("any name a file can have is kept as text, and never as a path", async () => {
  const names: string[] = JSON.parse(await readFile(join(import.meta.dirname, "../../corpora/naughty-strings.json"), "utf8"))
  const deliveryId = await fresh()
  const some = names.filter((_, index) => index % 12 === 0)
  for (const [index, name] of some.entries()) await drop(office, deliveryId, name, await page([`Bestand ${index}`]))
  const { uploads } = await viewDelivery(office, { deliveryId })
  expect(uploads).toHaveLength(some.length)
  expect(uploads.every((upload) => upload.name.length > 0 && !/[\p{Cc}/\\]/u.test(upload.name))).toBe(true)
})

test("a file over the limit, and one whose sender goes away half way, leave nothing behind", async () => {
  const deliveryId = await fresh()
  const before = await kept()
  const head = Buffer.from("%PDF-1.7\n")
  const chunk = new Uint8Array(1_000_000)
  let sent = 0
  const tooLarge = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(sent === 0 ? head : chunk)
      sent += 1
      if (sent > 102) controller.close()
    },
  })
  await expect(receiveUpload(office, { deliveryId, name: "groot.pdf", stream: tooLarge })).rejects.toMatchObject({ code: "upload-too-large" })
  const broken = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.concat([head, chunk]))
      controller.error(new Error("the line broke"))
    },
  })
  await expect(receiveUpload(office, { deliveryId, name: "half.pdf", stream: broken })).rejects.toMatchObject({ code: "upload-broken-off" })
  expect(await kept()).toBe(before)
})

test("reading a file twice, or one that was removed meanwhile, changes nothing", async () => {
  const deliveryId = await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"])
  const before = await viewDelivery(office, { deliveryId })
  await readUpload({ uploadId: before.uploads[0]?.id ?? "" })
  await readUpload({ uploadId: "0190a000-0000-7000-8000-000000000001" })
  expect((await viewDelivery(office, { deliveryId })).items).toEqual(before.items)
})

test("an employer with an office sends nothing itself; one without an office does, and an employee never", async () => {
  const employer = await viewerFor("employer", employerId)
  await expect(startDelivery(employer, { employerId: null }, today)).rejects.toMatchObject({ code: "delivery-by-office" })
  const own = await makeSelfRunning("999990044L01")
  expect(await startDelivery(own, { employerId: null }, today)).toHaveProperty("deliveryId")
  await expect(startDelivery(own, { employerId }, today)).rejects.toThrow(NotFound)
  const employee = await viewerFor("employee", employees.get("8") ?? "")
  await expect(startDelivery(employee, { employerId }, today)).rejects.toMatchObject({ code: "forbidden" })
})
