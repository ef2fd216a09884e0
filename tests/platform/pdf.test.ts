import { readFileSync } from "node:fs"
import { join } from "node:path"
import { inflateSync } from "node:zlib"
import { degrees, PDFDocument, PDFName, PDFRawStream, PDFString, StandardFonts } from "pdf-lib"
import { expect, test } from "vitest"
import { paintPage, PdfRefused, readPdf, splitPdf } from "#platform/pdf.ts"

const samples = join(import.meta.dirname, "../samples/korenmaat-2026-03")
const corpus = join(import.meta.dirname, "../corpora/pdf")
const payslips = readFileSync(join(samples, "loonstroken-maart-2026.pdf"))
const people: { name: string }[] = JSON.parse(readFileSync(join(samples, "expected.json"), "utf8")).people

async function partsOf(bytes: Uint8Array, parts: number[][]): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for await (const part of splitPdf(bytes, parts)) found[part.index] = part.bytes
  return found
}

const codeOf = async (work: Promise<unknown>) => work.then(() => "ok", (error: unknown) => (error instanceof PdfRefused ? error.code : error))

/** Everything a PDF holds, reachable or not: its raw bytes, and every stream unpacked. */
async function allThatIsIn(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  const texts = document.context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof PDFRawStream)) return object.toString()
    const isPacked = object.dict.lookup(PDFName.of("Filter")) === PDFName.of("FlateDecode")
    return object.dict.toString() + Buffer.from(isPacked ? inflateSync(object.contents) : object.contents).toString("latin1")
  })
  return [Buffer.from(bytes).toString("latin1"), ...texts].join("\n")
}

async function makePdf(pages: number, draw?: (document: PDFDocument) => Promise<void>): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let page = 1; page <= pages; page++) document.addPage([300, 400]).drawText(`Pagina van persoon ${page}`, { font, size: 12, x: 20, y: 350 })
  await draw?.(document)
  return document.save({ useObjectStreams: false })
}

test("a payslip is read line by line, with labels and values apart", async () => {
  const { pages } = await readPdf(payslips)
  expect(pages).toHaveLength(29)
  expect(pages[1]?.lines.map(({ text }) => text).slice(1, 7)).toEqual([
    "Bakkerij De Korenmaat B.V., Zaandam", "Loonheffingennummer 999990020L01", "Periode 3 - maart 2026", "Personeelsnummer  2", "Naam  Vries, K de", "Geboortedatum  03-11-1998",
  ])
  const [label, value] = pages[1]?.lines[4]?.pieces ?? []
  expect(label?.right).toBeLessThan(value?.x ?? 0)
  expect(label?.y).toBe(value?.y)
})

test("a page that lies on its side reads the same as one that stands", async () => {
  const upright = await readPdf(payslips)
  const document = await PDFDocument.load(payslips)
  document.getPage(0).setRotation(degrees(90))
  const turned = await readPdf(await document.save())
  expect(turned.pages[0]?.text).toBe(upright.pages[0]?.text)
})

test.each([90, -90, 180, 30])("text that stands at %d degrees reads from its first letter to its last", async (angle) => {
  const document = await PDFDocument.create()
  document.addPage([600, 600]).drawText("Personeelsnummer 17", { x: 300, y: 300, size: 11, rotate: degrees(angle) })
  const { pages } = await readPdf(await document.save())
  expect(pages[0]?.text.replaceAll(" ", "")).toBe("Personeelsnummer17")
})

test("each part says what its pages said, and is the same bytes every time", async () => {
  const { pages } = await readPdf(payslips)
  const wanted = [[1], [4, 5], [29, 28]]
  const parts = await partsOf(payslips, wanted)
  for (const [index, part] of parts.entries()) {
    const found = await readPdf(part)
    expect(found.pages.map(({ text }) => text)).toEqual(wanted[index]?.map((page) => pages[page - 1]?.text))
  }
  expect(await partsOf(payslips, wanted)).toEqual(parts)
})

test("the parts of a long file come in order, each with its own pages, whatever thread made them", async () => {
  const bytes = await makePdf(230)
  const { pages } = await readPdf(bytes)
  const wanted = Array.from({ length: 110 }, (_, index) => [230 - 2 * index, 1 + 2 * index])
  const parts = await partsOf(bytes, [...wanted, [7]])
  expect(parts).toHaveLength(111)
  for (const [index, part] of parts.entries()) {
    const own = wanted[index] ?? [7]
    expect((await readPdf(part)).pages.map(({ text }) => text)).toEqual(own.map((page) => pages[page - 1]?.text))
  }
})

test("a part is the same bytes whatever was cut out beside it, and names no object that it does not hold", async () => {
  const [alone] = await partsOf(payslips, [[2, 3]])
  const beside = await partsOf(payslips, [[1], [3], [2, 3], [29]])
  expect(beside[2]).toEqual(alone)
  const { context } = await PDFDocument.load(alone ?? new Uint8Array(), { updateMetadata: false })
  const objects = context.enumerateIndirectObjects()
  expect(context.largestObjectNumber).toBe(objects.length)
  const named = objects.flatMap(([, object]) => Array.from(object.toString().matchAll(/(\d+) 0 R/g), ([, number]) => Number(number)))
  expect(Math.max(...named)).toBeLessThanOrEqual(objects.length)
})

test("a part that does not say what was read on its pages is refused", async () => {
  const bytes = await makePdf(3)
  const { pages } = await readPdf(bytes)
  const split = async (read: readonly { page: number; text: string }[]) => {
    for await (const part of splitPdf(bytes, [[1], [2]], read)) expect(part.bytes.length).toBeGreaterThan(500)
  }
  await split(pages)
  expect(await codeOf(split(pages.map(({ page, text }) => ({ page, text: page === 2 ? "Pagina van persoon 3" : text }))))).toBe("broken")
  expect(await codeOf(split(pages.slice(0, 1)))).toBe("no-such-page")
})

test("a part holds no text of a colleague, in no object and no stream", async () => {
  const { pages } = await readPdf(payslips)
  const [part] = await partsOf(payslips, [[2]])
  const inside = await allThatIsIn(part ?? new Uint8Array())
  const original = await PDFDocument.load(payslips)
  const content = original.getPage(1).node.Contents()
  const inOriginal = content instanceof PDFRawStream ? inflateSync(content.contents).toString("latin1").match(/\bBT\b/g)?.length : 0
  for (const { name } of people) expect(inside).not.toContain(name)
  expect(inside.match(/\bBT\b/g)?.length).toBe(inOriginal)
  expect(Buffer.from(part ?? []).toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1)
  expect((await readPdf(part ?? new Uint8Array())).pages.map(({ text }) => text)).toEqual([pages[1]?.text])
})

test("what pages share, and what hangs on them, does not carry a colleague along", async () => {
  const bytes = await makePdf(3, async (document) => {
    document.setTitle("geheime titel")
    document.setProducer("/home/maker/geheim-pad")
    await document.attach(Buffer.from("geheime bijlage"), "geheim.txt")
    const { context } = document
    const [first, second] = document.getPages()
    if (!first || !second) throw new Error("three pages were made")
    const form = (text: string) => context.register(context.stream(`(${text}) pop`, { Type: "XObject", Subtype: "Form", BBox: [0, 0, 10, 10] }))
    const shared = context.obj({ XObject: { Mine: form("eigen vorm"), Theirs: form("geheime vorm") } })
    const own = context.register(context.stream("q /Mine Do Q"))
    for (const page of [first, second]) page.node.set(PDFName.of("Resources"), context.register(shared))
    first.node.set(PDFName.of("Contents"), own)
    first.node.set(PDFName.of("PieceInfo"), context.obj({ Old: PDFString.of("geheime versie") }))
    const note = { Type: "Annot", Subtype: "Text", Rect: [0, 0, 9, 9], Contents: PDFString.of("geheime notitie"), P: second.ref }
    const jump = { Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], Dest: [second.ref, "Fit"] }
    const web = { Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], A: { S: "URI", URI: PDFString.of("https://voorbeeld.test/uitleg") } }
    first.node.set(PDFName.of("Annots"), context.obj([note, jump, web]))
    document.catalog.set(PDFName.of("Outlines"), context.register(context.obj({ Type: "Outlines", First: { Title: PDFString.of("geheim hoofdstuk"), Dest: [second.ref, "Fit"] } })))
    document.catalog.set(PDFName.of("Names"), context.obj({ Dests: { Names: [PDFString.of("geheime plek"), [second.ref, "Fit"]] } }))
  })
  const [part] = await partsOf(bytes, [[1]])
  const inside = await allThatIsIn(part ?? new Uint8Array())
  expect(inside).toContain("eigen vorm")
  expect(inside).toContain("https://voorbeeld.test/uitleg")
  expect(inside).not.toMatch(/geheim|persoon [23]|Producer|CreationDate/)
})

test("a field that was filled in stays to be seen, without the form", async () => {
  const bytes = await makePdf(2, async (document) => {
    const field = document.getForm().createTextField("naam")
    field.setText("ingevuld")
    field.addToPage(document.getPage(0), { x: 20, y: 200, width: 200, height: 30 })
  })
  const [part, other] = await partsOf(bytes, [[1], [2]])
  expect(await allThatIsIn(part ?? new Uint8Array())).not.toContain("AcroForm")
  const [without] = await partsOf(await makePdf(1), [[1]])
  expect(Buffer.compare(await paintPage(part ?? new Uint8Array(), 1, 300), await paintPage(without ?? new Uint8Array(), 1, 300))).not.toBe(0)
  expect(await allThatIsIn(other ?? new Uint8Array())).not.toContain("/Annot")
})

test("a page is painted as PNG on white, and never wider than 2,000 pixels", async () => {
  const painted = Buffer.from(await paintPage(payslips, 1, 900))
  expect(painted.subarray(1, 4).toString()).toBe("PNG")
  expect(painted.readUInt32BE(16)).toBe(900)
  expect(Buffer.from(await paintPage(payslips, 1, 50_000)).readUInt32BE(16)).toBe(2000)
  expect(await codeOf(paintPage(payslips, 30, 900))).toBe("no-such-page")
  expect(await codeOf(partsOf(payslips, [[30]]))).toBe("no-such-page")
})

test.each([
  ["nothing at all", new Uint8Array(), "empty"],
  ["a web page with another name", Buffer.from("<!doctype html><title>loonstrook.pdf</title>"), "not-a-pdf"],
  ["only the first line of a PDF", Buffer.from("%PDF-1.7\n"), "broken"],
  ["half of a PDF", payslips.subarray(0, payslips.length / 2), "broken"],
  ["a PDF with a password", readFileSync(join(corpus, "pr6531_2.pdf")), "encrypted"],
] as const)("%s is refused for what it is", async (_, bytes, code) => {
  expect(await codeOf(readPdf(bytes))).toBe(code)
  expect(await codeOf(paintPage(bytes, 1, 200))).toBe(code)
  expect(await codeOf(partsOf(bytes, [[1]]))).toBe(code)
})

test("a PDF that only guards against changes is read and split", async () => {
  const bytes = readFileSync(join(corpus, "issue9972-2.pdf"))
  const { pages } = await readPdf(bytes)
  const [part] = await partsOf(bytes, [[1]])
  expect(Buffer.from(part ?? []).includes("/Encrypt")).toBe(false)
  expect((await readPdf(part ?? new Uint8Array())).pages[0]?.text).toBe(pages[0]?.text)
})

test("a page without text comes back empty, and only one without anything is blank", async () => {
  const document = await PDFDocument.create()
  document.addPage()
  document.addPage().drawRectangle({ x: 10, y: 10, width: 50, height: 50 })
  const { pages } = await readPdf(await document.save())
  expect(pages.map(({ text, isBlank }) => [text, isBlank])).toEqual([["", true], ["", false]])
})

test("a file that hangs costs its own time only; the next one is read", async () => {
  const endless = paintPage(readFileSync(join(corpus, "operator_list_cycle.pdf")), 1, 800)
  const next = readPdf(payslips)
  expect(await codeOf(endless)).toBe("timeout")
  expect((await next).pages).toHaveLength(29)
})

test("two thousand pages are read and split", async () => {
  const bytes = await makePdf(2000)
  const start = performance.now()
  const { pages } = await readPdf(bytes)
  let parts = 0
  for await (const part of splitPdf(bytes, pages.map(({ page }) => [page]))) parts += part.bytes.length > 500 ? 1 : 0
  console.info(`2,000 pages read and split in ${Math.round(performance.now() - start)} ms, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB with the test around it`)
  expect(parts).toBe(2000)
  expect(process.memoryUsage.rss()).toBeLessThan(700 * 2 ** 20)
}, 120_000)
