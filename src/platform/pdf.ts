import type { PdfPasswords } from "./pdf-lock.ts"
import { runPdfJob } from "./pdf-queue.ts"
import { PdfRefused } from "./pdf-refused.ts"
import type { PdfPage } from "./pdf-text.ts"

export { PdfRefused } from "./pdf-refused.ts"
export type { PdfRefusal } from "./pdf-refused.ts"
export type { PdfLine, PdfPage, PdfPiece } from "./pdf-text.ts"

const maxBytes = 100 * 1024 * 1024

/**
 * Reads the text of every page, in order. A page without text (a scan) comes back empty. Throws PdfRefused; over 100 MB or 5,000 pages
 * is "too-large".
 */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: PdfPage[] }> {
  assertNotTooLarge(bytes)
  const result = await runPdfJob({ kind: "read", bytes })
  return { pages: Array.isArray(result) ? result.filter((page) => "lines" in page) : [] }
}

/** Paints a page (from 1) as PNG on white, `width` pixels wide, at most 2,000. Throws PdfRefused. */
export async function paintPage(bytes: Uint8Array, page: number, width: number): Promise<Uint8Array> {
  assertNotTooLarge(bytes)
  const result = await runPdfJob({ kind: "paint", bytes, page, width })
  if (!(result instanceof Uint8Array)) throw new PdfRefused("broken")
  return result
}

/**
 * Makes a PDF of its own of each list of pages (from 1), in the order of `parts`. Each part was read back and says what those pages
 * say, holds nothing of
 * other pages, no metadata, outline, form or attachment, and is the same bytes every time. Throws PdfRefused; nothing of the file that
 * refused is yielded after.
 */
export async function* splitPdf(bytes: Uint8Array, parts: readonly (readonly number[])[]): AsyncGenerator<{ index: number; bytes: Uint8Array }> {
  assertNotTooLarge(bytes)
  let index = 0
  for (const slice of inSlices(parts)) {
    const result = await runPdfJob({ kind: "split", bytes, parts: slice })
    if (!Array.isArray(result)) throw new PdfRefused("broken")
    for (const part of result) if (part instanceof Uint8Array) yield { index: index++, bytes: part }
  }
}

/** The same document, which opens with a password only (AES-256, PDF 2.0); `toChange` takes the lock away. Throws PdfRefused. */
export async function lockPdf(bytes: Uint8Array, passwords: PdfPasswords): Promise<Uint8Array> {
  assertNotTooLarge(bytes)
  const result = await runPdfJob({ kind: "lock", bytes, passwords })
  if (!(result instanceof Uint8Array)) throw new PdfRefused("broken")
  return result
}

const pagesPerSlice = 200

/** Some hundred pages at a time: previews that wait in the queue get their turn, and no thread holds the whole result. */
function inSlices(parts: readonly (readonly number[])[]): (readonly number[])[][] {
  const slices: (readonly number[])[][] = []
  let pages = Infinity
  for (const part of parts) {
    pages += part.length
    if (pages > pagesPerSlice) {
      slices.push([])
      pages = part.length
    }
    slices.at(-1)?.push(part)
  }
  return slices
}

function assertNotTooLarge(bytes: Uint8Array) {
  if (bytes.length > maxBytes) throw new PdfRefused("too-large")
}
