import { availableParallelism } from "node:os"
import type { Job, Result } from "./pdf-jobs.ts"
import { PdfRefused, type PdfRefusal } from "./pdf-refused.ts"
import { threadLine } from "./thread-line.ts"

const silence = { least: 6_000, perMegabyte: 10_000, most: 45_000 }

/** How many PDF jobs are done side by side. */
export const pdfThreads = Math.min(2, availableParallelism())

const askThread = threadLine<Job, Result, PdfRefusal>({
  name: "pdf",
  file: "src/platform/pdf-thread.ts",
  megabytes: { heap: 384, whole: 400, keep: 300 },
  patience: {
    start: 30_000,
    silence: ({ bytes }) => Math.min(silence.most, silence.least + (silence.perMegabyte * bytes.length) / 2 ** 20),
    whole: 300_000,
  },
  waiting: Number.POSITIVE_INFINITY,
  threads: pdfThreads,
})

/**
 * Does a job when its turn comes, in a thread for PDF work. The time limit (6 seconds of work without a sign of life, 10 more per MB,
 * never over 45) starts only when the thread begins on it. Throws PdfRefused.
 */
export async function runPdfJob(job: Job): Promise<Result> {
  const answer = await askThread(job)
  if ("result" in answer) return answer.result
  throw new PdfRefused(answer.refused === "busy" ? "broken" : answer.refused)
}
