import { inflateSync } from "node:zlib"
import { PDFDocument, PDFName, PDFRawStream, PDFString, type PDFContext, type PDFDict, type PDFRef } from "pdf-lib"
import { expect, test } from "vitest"
import { PdfRefused, readPdf, splitPdf } from "#platform/pdf.ts"

const other = "Pietersen"
const said = (name: string, y = 700) => `BT /F1 12 Tf 50 ${y} Td (Loonstrook van ${name}) Tj ET\n`

type Made = { context: PDFContext; font: PDFRef; own: PDFRef; others: PDFRef }
type Drawn = { contents: PDFRef[]; resources?: PDFDict; boxes?: Record<string, number[]> }

/** Two pages: of Aalders, and of Pietersen. */
async function twoPages(draw: (made: Made) => [Drawn, Drawn], finish: (document: PDFDocument) => void = () => undefined): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const { context } = document
  const font = context.register(context.obj({ Type: "Font", Subtype: "Type1", BaseFont: "Helvetica" }))
  const made = { context, font, own: context.register(context.flateStream(said("Aalders"))), others: context.register(context.flateStream(said(other))) }
  for (const { contents, resources, boxes = {} } of draw(made)) {
    const page = document.addPage([595, 842])
    page.node.set(PDFName.of("Contents"), context.obj(contents))
    page.node.set(PDFName.of("Resources"), resources ?? context.obj({ Font: { F1: font } }))
    for (const [key, value] of Object.entries(boxes)) page.node.set(PDFName.of(key), context.obj(value))
  }
  finish(document)
  return document.save({ useObjectStreams: false })
}

async function allThatIsIn(bytes: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false })
  const texts = context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof PDFRawStream)) return object.toString()
    return object.dict.toString() + (object.dict.has(PDFName.of("Filter")) ? inflateSync(object.contents) : Buffer.from(object.contents)).toString("latin1")
  })
  return [Buffer.from(bytes).toString("latin1"), ...texts].join("\n")
}

/** What came of the first page by itself: refused, or whether its part, and what was read on it, speak of the other person. */
async function firstAlone(bytes: Uint8Array): Promise<string> {
  const { pages } = await readPdf(bytes)
  const read = pages[0]?.text.includes(other) ? "read" : "unread"
  try {
    for await (const part of splitPdf(bytes, [[1], [2]])) {
      if (part.index === 0) return `${read}, ${(await allThatIsIn(part.bytes)).includes(other) ? "in it" : "clean"}`
    }
  } catch (error) {
    if (error instanceof PdfRefused) return "refused"
    throw error
  }
  return "nothing"
}

test("what stands beside a page's edge, for another page of the same drawing, is read with it, so that it is nobody's page", async () => {
  const bytes = await twoPages(({ own, others }) => [
    { contents: [own, others], boxes: { MediaBox: [0, 0, 595, 842], CropBox: [0, 690, 595, 842] } },
    { contents: [own, others] },
  ])
  expect(await firstAlone(bytes)).toBe("read, in it")
  const far = await twoPages(({ context, own }) => {
    const aside = context.register(context.flateStream(`q 1 0 0 1 2000 0 cm ${said(other)} Q`))
    return [{ contents: [own, aside] }, { contents: [own, aside], boxes: { MediaBox: [2000, 0, 2595, 842] } }]
  })
  expect(await firstAlone(far)).toBe("read, in it")
})

test("what is clipped away, invisible, white, tiny or in a hidden layer is read with the page too", async () => {
  const hidden: Record<string, (text: string) => string> = {
    clipped: (text) => `q 0 0 1 1 re W n ${text} Q`,
    invisible: (text) => `q 3 Tr ${text} Q`,
    white: (text) => `q 1 g ${text} Q`,
    tiny: (text) => `q 0.001 0 0 0.001 0 0 cm ${text} Q`,
    clip: (text) => `q 7 Tr ${text} Q`,
  }
  const found: Record<string, string> = {}
  for (const [how, draw] of Object.entries(hidden)) {
    const bytes = await twoPages(({ context, own }) => {
      const more = context.register(context.flateStream(draw(said(other))))
      return [{ contents: [own, more] }, { contents: [own, more] }]
    })
    found[how] = await firstAlone(bytes)
  }
  const layered = await twoPages(({ context, font, own, others }) => {
    const layer = context.register(context.obj({ Type: "OCG", Name: PDFString.of("laag") }))
    const resources = context.obj({ Font: { F1: font }, Properties: { L1: layer } })
    const begin = context.register(context.flateStream("/OC /L1 BDC\n"))
    const end = context.register(context.flateStream("\nEMC"))
    return [{ contents: [own, begin, others, end], resources }, { contents: [own], resources }]
  })
  found["layer"] = await firstAlone(layered)
  expect(found).toEqual({ clipped: "read, in it", invisible: "read, in it", white: "read, in it", tiny: "read, in it", clip: "read, in it", layer: "read, in it" })
})

test("what hangs on a drawing under keys of a program's own does not go along", async () => {
  const bytes = await twoPages(({ context, font, own, others }) => {
    const form = context.register(context.flateStream(said("Aalders", 600), { Type: "XObject", Subtype: "Form", BBox: [0, 0, 595, 842], Resources: { Font: { F1: font } }, Program_Data: { All: [others], Names: [PDFString.of(other)] } }))
    const draw = context.register(context.flateStream("/Fm1 Do"))
    const resources = context.obj({ Font: { F1: font }, XObject: { Fm1: form } })
    return [{ contents: [own, draw], resources }, { contents: [others], resources }]
  })
  expect(await firstAlone(bytes)).toBe("unread, clean")
})

test("a set of layers that names those of others does not bring them along", async () => {
  const bytes = await twoPages(({ context, font, own, others }) => {
    const mine = context.register(context.obj({ Type: "OCG", Name: PDFString.of("Aalders") }))
    const theirs = context.register(context.obj({ Type: "OCG", Name: PDFString.of(other) }))
    const set = context.register(context.obj({ Type: "OCMD", OCGs: [mine, theirs], P: "AnyOn" }))
    const resources = context.obj({ Font: { F1: font }, Properties: { L1: set } })
    const begin = context.register(context.flateStream("/OC /L1 BDC\n"))
    const end = context.register(context.flateStream("\nEMC"))
    return [{ contents: [begin, own, end], resources }, { contents: [others], resources }]
  })
  expect(await firstAlone(bytes)).toBe("unread, clean")
})

test("a drawing by an escaped name, and one that only a text mentions, stay with who draws them", async () => {
  const bytes = await twoPages(({ context, font, own, others }) => {
    const form = (text: string) => context.register(context.flateStream(text, { Type: "XObject", Subtype: "Form", BBox: [0, 0, 595, 842], Resources: { Font: { F1: font } } }))
    const resources = context.obj({ Font: { F1: font }, XObject: { "A a": form(said("Aalders", 600)), Fm2: form(said(other)) } })
    const draw = context.register(context.flateStream("/A#20a Do BT /F1 9 Tf 50 500 Td (uren/Fm2) Tj ET"))
    return [{ contents: [own, draw], resources }, { contents: [others], resources }]
  })
  expect(await firstAlone(bytes)).toBe("unread, clean")
})

test("an older version of a page, and an object that is nobody's, stay behind", async () => {
  const first = await twoPages(({ others }) => [{ contents: [others] }, { contents: [others] }])
  const document = await PDFDocument.load(first)
  const { context } = document
  document.getPage(0).node.set(PDFName.of("Contents"), context.register(context.flateStream(said("Aalders"))))
  context.register(context.flateStream(`(${other})`))
  document.setTitle(other)
  const bytes = Buffer.concat([first, await document.save({ useObjectStreams: true })])
  expect(await firstAlone(bytes)).toBe("unread, clean")
})
