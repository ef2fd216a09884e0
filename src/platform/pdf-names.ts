import { constants, inflateSync } from "node:zlib"
import { decodePDFRawStream, PDFArray, PDFName, PDFRawStream, type PDFObject } from "./pdf-objects.ts"

/** The names that content calls: all, and of those the ones that it draws (ISO 32000-2, 8.8: a name right before "Do"). */
export type Called = { names: Set<PDFName>; drawn: Set<PDFName> }

const [name, between] = [String.raw`\/([^\0\t\n\f\r ()<>[\]{}/%]+)`, String.raw`(?:[\0\t\n\f\r ]|%[^\n\r]*[\n\r])`]
const anyName = new RegExp(name, "g")
const drawnName = new RegExp(String.raw`${name}${between}+Do(?![^\0\t\n\f\r ()<>[\]{}/%])`, "g")

/** Every name in a content stream (or list of streams). More than are called at times, as in a text with a slash, but never fewer. */
export function calledNames(content: PDFObject | undefined): Called {
  const text = textOf(content)
  const found = (shape: RegExp) => new Set(Array.from(text.matchAll(shape), ([, called = ""]) => PDFName.of(called)))
  return { names: found(anyName), drawn: found(drawnName) }
}

/** A name and what is done with it may stand in two streams that follow one another; neither is ever cut in two. */
function textOf(content: PDFObject | undefined): string {
  if (content instanceof PDFRawStream) return Buffer.from(decode(content)).toString("latin1")
  if (!(content instanceof PDFArray)) return ""
  return Array.from({ length: content.size() }, (_, index) => textOf(content.lookup(index))).join("\n")
}

function decode(stream: PDFRawStream): Uint8Array {
  const filter = stream.dict.lookup(PDFName.of("Filter"))
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter
  if (only === undefined) return stream.contents
  if (only !== PDFName.of("FlateDecode")) return decodePDFRawStream(stream).decode()
  try {
    return inflateSync(stream.contents, { maxOutputLength: 128 * 1024 * 1024, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return decodePDFRawStream(stream).decode()
  }
}
