import type { Engine } from "./pdf-engine.ts"
import { hasSecurity, rewritePdf, startEngine, withDocument } from "./pdf-engine.ts"
import { paintPage } from "./pdf-paint.ts"
import { PdfRefused, type PdfRefusal } from "./pdf-refused.ts"
import { cutParts, openSource, type Source } from "./pdf-split.ts"
import type { Job, KnownPage, PdfPart, Result } from "./pdf-jobs.ts"
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

/** What PDFium keeps of the pages that it read is let go of now and then: the document is opened anew. */
const pagesPerOpening = 500

function readAll({ pdfium }: Engine, bytes: Uint8Array, alive: SayAlive): PdfPage[] {
  const pages: PdfPage[] = []
  const readSome = (document: number, pageCount: number): number => {
    if (pageCount > maxPages) throw new PdfRefused("too-large")
    const end = Math.min(pageCount, pages.length + pagesPerOpening)
    while (pages.length < end) {
      pages.push(readPage(pdfium, document, pages.length))
      if (pages.length % pagesPerSign === 0) alive()
    }
    return pageCount
  }
  while (pages.length < withDocument(pdfium, bytes, readSome));
  return pages
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
  const direct = hasSecurity(started.pdfium, bytes) ? undefined : await openSource(bytes).catch(() => undefined)
  return (opened = { document, bytes, direct })
}

/**
 * What was cut out is read back: what PDFium sees in it must be what PDFium saw on those pages. Where the two engines differ about a damaged file,
 * PDFium writes it anew and that is split instead; where they still differ the file is refused.
 */
async function split(started: Engine, job: SplitJob, alive: SayAlive): Promise<PdfPart[]> {
  const file = await open(started, job)
  alive()
  const direct = file.direct && splitWhole(started, file.direct, job.parts, alive)
  if (direct) return direct
  file.rewritten ??= await openSource(rewritePdf(started, file.bytes))
  const rewritten = splitWhole(started, file.rewritten, job.parts, alive)
  if (!rewritten) throw new PdfRefused("broken")
  return rewritten
}

/**
 * The pages of all parts are read back together, because a font takes longer to unpack than what is written in it: a part is written of the very same
 * objects. Each part must then open by itself with as many pages as it has, and the first must say by itself what it should.
 */
function splitWhole(started: Engine, source: Source, parts: SplitJob["parts"], alive: SayAlive): PdfPart[] | undefined {
  try {
    const cut = cutParts(source, parts.map((pages) => pages.map(({ page }) => page)))
    if (!says(started, cut.together(), parts.flat(), alive)) return undefined
    const results = parts.map((_pages, index) => cut.part(index))
    const opens = results.every((part, index) => withDocument(started.pdfium, part, (_document, pageCount) => pageCount) === parts[index]?.length)
    const [first] = results
    return opens && first && says(started, first, parts[0] ?? [], alive) ? results : undefined
  } catch (error) {
    if (error instanceof PdfRefused) return undefined
    throw error
  }
}

function says(started: Engine, bytes: Uint8Array, wanted: readonly KnownPage[], alive: SayAlive): boolean {
  const found = readAll(started, bytes, alive)
  return found.length === wanted.length && found.every((page, index) => page.text === wanted[index]?.text)
}
