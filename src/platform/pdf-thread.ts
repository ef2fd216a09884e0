import type { Engine } from "./pdf-engine.ts"
import { hasSecurity, rewritePdf, startEngine, withDocument } from "./pdf-engine.ts"
import { paintPage } from "./pdf-paint.ts"
import { PdfRefused, type PdfRefusal } from "./pdf-refused.ts"
import { extractPages, openSource, type Source } from "./pdf-split.ts"
import type { Job, PdfPart, Result } from "./pdf-jobs.ts"
import type { PdfPage } from "./pdf-text.ts"
import { readPage } from "./pdf-text.ts"
import { answerJobs, type SayAlive } from "./thread-answers.ts"

/** A thread in which PDF work happens, with a sign of life now and then. Only pdf-queue.ts starts it. */
let engine: Engine | undefined

answerJobs<Job, Result, PdfRefusal>({
  async work(job, alive) {
    if (job.kind === "lock") return (await import("./pdf-lock.ts")).encryptPdf(job.bytes, job.passwords)
    engine ??= await startEngine()
    alive()
    if (job.kind !== "split") opened = undefined
    if (job.kind === "read") return readAll(engine, job.bytes, alive)
    if (job.kind === "paint") return paintPage(engine.pdfium, job.bytes, job.page, job.width)
    return split(engine, job, alive)
  },
  refusalOf: (error) => (error instanceof PdfRefused ? error.code : undefined),
  broken: "broken",
  memory: () => engine?.pdfium.HEAPU8.length ?? 0,
  handOver: (result) => (Array.isArray(result) ? result.flatMap((part) => (part instanceof Uint8Array && part.buffer instanceof ArrayBuffer && part.byteLength === part.buffer.byteLength ? part.buffer : [])) : []),
})

const maxPages = 5000
const pagesPerSign = 50
const keepOpenFor = 10_000

type SplitJob = Extract<Job, { kind: "split" }>

function readAll({ pdfium }: Engine, bytes: Uint8Array, alive: SayAlive): PdfPage[] {
  return withDocument(pdfium, bytes, (document, pageCount) => {
    if (pageCount > maxPages) throw new PdfRefused("too-large")
    const pages: PdfPage[] = []
    for (let page = 1; page <= pageCount; page++) {
      pages.push(readPage(pdfium, document, page - 1))
      if (pages.length % pagesPerSign === 0) alive()
    }
    return pages
  })
}

type Opened = { document: string; bytes: Uint8Array; direct: Source | undefined; rewritten?: Source | undefined }

/** The document that is being split, as it was opened: it comes in slices. */
let opened: Opened | undefined
let forgetting: NodeJS.Timeout | undefined

async function open(started: Engine, { document, bytes }: SplitJob): Promise<Opened> {
  clearTimeout(forgetting)
  forgetting = setTimeout(() => (opened = undefined), keepOpenFor)
  if (opened?.document === document) return opened
  opened = undefined
  const own = bytes.slice()
  const direct = hasSecurity(started.pdfium, own) ? undefined : await openSource(own).catch(() => undefined)
  return (opened = { document, bytes: own, direct })
}

/**
 * Each part is read back: what PDFium sees in it must be what PDFium saw on those pages. Where the two engines differ about a damaged file,
 * PDFium writes it anew and that is split instead; where they still differ the file is refused.
 */
async function split(started: Engine, job: SplitJob, alive: SayAlive): Promise<PdfPart[]> {
  const file = await open(started, job)
  alive()
  const direct = file.direct && (await splitWhole(started, file.direct, job.parts, alive))
  if (direct) return direct
  file.rewritten ??= await openSource(rewritePdf(started, file.bytes))
  const rewritten = await splitWhole(started, file.rewritten, job.parts, alive)
  if (!rewritten) throw new PdfRefused("broken")
  return rewritten
}

async function splitWhole(started: Engine, source: Source, parts: SplitJob["parts"], alive: SayAlive): Promise<PdfPart[] | undefined> {
  const results: PdfPart[] = []
  for (const pages of parts) {
    const part = await extractPages(source, pages.map(({ page }) => page)).catch(() => undefined)
    const found = part ? readAll(started, part, alive) : []
    if (!part || found.length !== pages.length || found.some((page, index) => page.text !== pages[index]?.text)) return undefined
    if (results.push(part) % pagesPerSign === 0) alive()
  }
  return results
}
