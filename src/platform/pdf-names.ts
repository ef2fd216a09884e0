import { constants, inflateSync } from "node:zlib"
import { decodePDFRawStream, PDFArray, PDFName, PDFRawStream, type PDFObject } from "./pdf-objects.ts"

/** Every name in a content stream (or list of streams). More than are called at times, as in a text with a slash, but never fewer. */
export function calledNames(content: PDFObject | undefined): Set<PDFName> {
  if (content instanceof PDFRawStream) {
    const text = Buffer.from(decode(content)).toString("latin1")
    return new Set(Array.from(text.matchAll(/\/([^\0\t\n\f\r ()<>[\]{}/%]+)/g), ([, name = ""]) => PDFName.of(name)))
  }
  const found = new Set<PDFName>()
  if (!(content instanceof PDFArray)) return found
  for (let index = 0; index < content.size(); index++) for (const name of calledNames(content.lookup(index))) found.add(name)
  return found
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
