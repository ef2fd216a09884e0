import { parentPort } from "node:worker_threads"
import type { Engine } from "./pdf-engine.ts"
import { hasSecurity, rewritePdf, startEngine, withDocument } from "./pdf-engine.ts"
import { paintPage } from "./pdf-paint.ts"
import { PdfRefused } from "./pdf-refused.ts"
import { extractPages, openSource } from "./pdf-split.ts"
import type { Answer, Job, PdfPart } from "./pdf-jobs.ts"
import type { PdfPage } from "./pdf-text.ts"
import { readPage } from "./pdf-text.ts"

/**
 * The thread in which all PDF work happens: one job at a time, one answer each, and a sign of life now and then. Only pdf-queue.ts
 * starts it.
 */
let engine: Engine | undefined

/** What the libraries print about a damaged file stays out of the log. */
for (const level of ["log", "info", "warn", "error"] as const) console[level] = () => undefined

parentPort?.on("message", (job: Job) => {
  void answer(job)
})

async function answer(job: Job) {
  try {
    engine ??= await startEngine()
    send("alive")
    const result = await work(engine, job)
    send({ result, memory: engine.pdfium.HEAPU8.length, isSpent: false })
  } catch (error) {
    const isRefused = error instanceof PdfRefused
    send({ refused: isRefused ? error.code : "broken", memory: engine?.pdfium.HEAPU8.length ?? 0, isSpent: !isRefused })
  }
}

function send(message: Answer) {
  parentPort?.postMessage(message)
}

async function work(started: Engine, job: Job): Promise<PdfPage[] | PdfPart[] | Uint8Array> {
  if (job.kind === "read") return readAll(started, job.bytes)
  if (job.kind === "paint") return paintPage(started.pdfium, job.bytes, job.page, job.width)
  return split(started, job.bytes, job.parts)
}

const maxPages = 5000
const pagesPerSign = 50

function readAll({ pdfium }: Engine, bytes: Uint8Array, wanted?: ReadonlySet<number>): PdfPage[] {
  return withDocument(pdfium, bytes, (document, pageCount) => {
    if (pageCount > maxPages) throw new PdfRefused("too-large")
    const pages: PdfPage[] = []
    for (let page = 1; page <= pageCount; page++) {
      if (wanted && !wanted.has(page)) continue
      pages.push(readPage(pdfium, document, page - 1))
      if (pages.length % pagesPerSign === 0) send("alive")
    }
    return pages
  })
}

/**
 * Each part is read back: what PDFium sees in it must be what PDFium saw on those pages. Where the two engines differ about a damaged file,
 * PDFium writes it anew and that is split instead; where they still differ the file is refused.
 */
async function split(started: Engine, bytes: Uint8Array, parts: readonly (readonly number[])[]): Promise<PdfPart[]> {
  const texts = new Map(readAll(started, bytes, new Set(parts.flat())).map((page) => [page.page, page.text]))
  if (parts.flat().some((page) => !texts.has(page))) throw new PdfRefused("no-such-page")
  if (!hasSecurity(started.pdfium, bytes)) {
    const direct = await splitWhole(started, bytes, parts, texts)
    if (direct) return direct
  }
  const rewritten = await splitWhole(started, rewritePdf(started, bytes), parts, texts)
  if (!rewritten) throw new PdfRefused("broken")
  return rewritten
}

async function splitWhole(started: Engine, bytes: Uint8Array, parts: readonly (readonly number[])[], texts: ReadonlyMap<number, string>) {
  const source = await openSource(bytes).catch(() => undefined)
  if (!source) return undefined
  const results: PdfPart[] = []
  for (const pages of parts) {
    const part = await extractPages(source, pages).catch(() => undefined)
    const found = part ? readAll(started, part) : []
    if (!part || found.length !== pages.length || found.some((page, index) => page.text !== texts.get(pages[index] ?? 0))) return undefined
    if (results.push(part) % pagesPerSign === 0) send("alive")
  }
  return results
}
