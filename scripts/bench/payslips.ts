import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { PDFDocument } from "pdf-lib"
import { memoryOf } from "./processes.ts"
import { printTable } from "./report.ts"
import { at } from "./load.ts"

const samples = join(import.meta.dirname, "../../tests/samples/korenmaat-2026-03")

/** A PDF of `count` pages: the bakery's payslips over and over, as a browser printed them. */
export async function manyPages(count: number): Promise<Uint8Array> {
  const source = await PDFDocument.load(await readFile(join(samples, "loonstroken-maart-2026.pdf")))
  const target = await PDFDocument.create()
  const indices = source.getPageIndices()
  while (target.getPageCount() < count) {
    for (const page of await target.copyPages(source, indices.slice(0, count - target.getPageCount()))) target.addPage(page)
  }
  return target.save()
}

export type Splitting = { bytes: Uint8Array; upload: (bytes: Uint8Array) => Promise<() => Promise<boolean>>; ask: () => Promise<void>; worker: number; web: number }

/** Drops the PDF, and while it is read and split asks a page five times a second; prints pages per second, memory, and how the page answered. */
export async function measureSplitting(pages: number, { bytes, upload, ask, worker, web }: Splitting): Promise<void> {
  const before = memoryOf(worker).now
  const started = performance.now()
  const isDone = await upload(bytes)
  const times: number[] = []
  let peak = 0
  while (!(await isDone())) {
    const asked = performance.now()
    await ask()
    times.push(performance.now() - asked)
    peak = Math.max(peak, memoryOf(worker).now)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  console.log(`\nReading, splitting and staging a payslip PDF of ${pages} pages (${(bytes.length / 1e6).toFixed(1)} MB)`)
  console.log("Promised: memory peak under 700 MB, the web process answering in under 200 ms meanwhile.\n")
  printTable([
    {
      "pages/s": (pages / seconds).toFixed(0),
      seconds: seconds.toFixed(1),
      "worker MB before": before.toFixed(0),
      "worker MB peak": Math.max(peak, memoryOf(worker).peak).toFixed(0),
      "web MB": memoryOf(web).now.toFixed(0),
      "page p50 ms": at(times, 0.5).toFixed(0),
      "page p99 ms": at(times, 0.99).toFixed(0),
      "page max ms": (times.at(-1) ?? 0).toFixed(0),
    },
  ])
}
