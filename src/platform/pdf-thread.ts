import type { Engine } from "./pdf-engine.ts"
import { hasSecurity, rewritePdf, startEngine, withDocument } from "./pdf-engine.ts"
import { paintPage } from "./pdf-paint.ts"
import { PdfRefused, type PdfRefusal } from "./pdf-refused.ts"
import { extractPages, openSource } from "./pdf-split.ts"
import type { Job, PdfPart, Result } from "./pdf-jobs.ts"
import type { PdfPage } from "./pdf-text.ts"
import { readPage } from "./pdf-text.ts"
import { answerJobs, type SayAlive } from "./thread-answers.ts"

/** The thread in which all PDF work happens, with a sign of life now and then. Only pdf-queue.ts starts it. */
let engine: Engine | undefined

answerJobs<Job, Result, PdfRefusal>({
  async work(job, alive) {
    if (job.kind === "lock") return (await import("./pdf-lock.ts")).encryptPdf(job.bytes, job.passwords)
    engine ??= await startEngine()
    alive()
    if (job.kind === "read") return readAll(engine, job.bytes, alive)
    if (job.kind === "paint") return paintPage(engine.pdfium, job.bytes, job.page, job.width)
    return split(engine, job.bytes, job.parts, alive)
  },
  refusalOf: (error) => (error instanceof PdfRefused ? error.code : undefined),
  broken: "broken",
  memory: () => engine?.pdfium.HEAPU8.length ?? 0,
})

const maxPages = 5000
const pagesPerSign = 50

function readAll({ pdfium }: Engine, bytes: Uint8Array, alive: SayAlive, wanted?: ReadonlySet<number>): PdfPage[] {
  return withDocument(pdfium, bytes, (document, pageCount) => {
    if (pageCount > maxPages) throw new PdfRefused("too-large")
    const pages: PdfPage[] = []
    for (let page = 1; page <= pageCount; page++) {
      if (wanted && !wanted.has(page)) continue
      pages.push(readPage(pdfium, document, page - 1))
      if (pages.length % pagesPerSign === 0) alive()
    }
    return pages
  })
}

/**
 * Each part is read back: what PDFium sees in it must be what PDFium saw on those pages. Where the two engines differ about a damaged file,
 * PDFium writes it anew and that is split instead; where they still differ the file is refused.
 */
async function split(started: Engine, bytes: Uint8Array, parts: readonly (readonly number[])[], alive: SayAlive): Promise<PdfPart[]> {
  const texts = new Map(readAll(started, bytes, alive, new Set(parts.flat())).map((page) => [page.page, page.text]))
  if (parts.flat().some((page) => !texts.has(page))) throw new PdfRefused("no-such-page")
  if (!hasSecurity(started.pdfium, bytes)) {
    const direct = await splitWhole(started, bytes, parts, { texts, alive })
    if (direct) return direct
  }
  const rewritten = await splitWhole(started, rewritePdf(started, bytes), parts, { texts, alive })
  if (!rewritten) throw new PdfRefused("broken")
  return rewritten
}

type Known = { texts: ReadonlyMap<number, string>; alive: SayAlive }

async function splitWhole(started: Engine, bytes: Uint8Array, parts: readonly (readonly number[])[], { texts, alive }: Known) {
  const source = await openSource(bytes).catch(() => undefined)
  if (!source) return undefined
  const results: PdfPart[] = []
  for (const pages of parts) {
    const part = await extractPages(source, pages).catch(() => undefined)
    const found = part ? readAll(started, part, alive) : []
    if (!part || found.length !== pages.length || found.some((page, index) => page.text !== texts.get(pages[index] ?? 0))) return undefined
    if (results.push(part) % pagesPerSign === 0) alive()
  }
  return results
}
