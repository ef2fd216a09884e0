import { randomUUID } from "node:crypto"
import type { KnownPage } from "./pdf-jobs.ts"
import type { PdfPasswords } from "./pdf-lock.ts"
import { pdfThreads, runPdfJob } from "./pdf-queue.ts"
import { PdfRefused, type PdfRefusal } from "./pdf-refused.ts"
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
 * say (`read`, where readPdf was asked of the same bytes before), holds nothing of other pages, no metadata, outline, form or attachment, and is the
 * same bytes every time. Throws PdfRefused; nothing of the file that refused is yielded after.
 */
export async function* splitPdf(bytes: Uint8Array, parts: readonly (readonly number[])[], read?: readonly KnownPage[]): AsyncGenerator<{ index: number; bytes: Uint8Array }> {
  assertNotTooLarge(bytes)
  if (parts.length === 0) return
  const known = new Map((read ?? (await readPdf(bytes)).pages).map(({ page, text }) => [page, { page, text }]))
  const wanted = parts.map((pages) => pages.map((page) => known.get(page) ?? refuse("no-such-page")))
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  const slices = inSlices(wanted)
  const document = randomUUID()
  const ask = (slice: readonly KnownPage[][]) => runPdfJob({ kind: "split", document, bytes: shared, parts: slice })
  let index = 0
  for await (const result of aheadOf(slices, pdfThreads + 1, ask)) {
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

/** What becomes of each item, in order, with the work on at most `most` of them begun before it is asked for. */
async function* aheadOf<Item, Outcome>(items: readonly Item[], most: number, work: (item: Item) => Promise<Outcome>): AsyncGenerator<Outcome> {
  const begun: Promise<Outcome>[] = []
  for (const item of items) {
    const outcome = work(item)
    outcome.catch(() => undefined)
    begun.push(outcome)
    const [first] = begun
    if (first && begun.length >= most) {
      yield await first
      begun.shift()
    }
  }
  for (const outcome of begun) yield await outcome
}

function refuse(code: PdfRefusal): never {
  throw new PdfRefused(code)
}

const pagesPerSlice = 50

/** Some pages at a time: previews that wait in the queue get their turn, the threads work side by side, and none holds the whole result. */
function inSlices(parts: readonly KnownPage[][]): KnownPage[][][] {
  const slices: KnownPage[][][] = []
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
