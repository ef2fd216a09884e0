import { join } from "node:path"
import { Worker } from "node:worker_threads"
import type { Answer, Job, Result } from "./pdf-jobs.ts"
import type { PdfRefusal } from "./pdf-refused.ts"
import { PdfRefused } from "./pdf-refused.ts"

/**
 * One thread per process does all PDF work, one job after the other. A file that hangs, crashes or eats memory costs its own job only:
 * its thread is ended and the next job gets a new one. The thread never keeps a process alive that has nothing else to do.
 */
const limits = { start: 30_000, silence: 6_000, silencePerMegabyte: 10_000, longestSilence: 45_000, whole: 300_000, memory: 400 * 1024 * 1024, memoryToKeep: 300 * 1024 * 1024 }

/** Node runs the file as it stands. Its place is worked out at run time, so that no bundler takes it in. */
const threadFile = join(/* turbopackIgnore: true */ process.cwd(), "src/platform/pdf-thread.ts")

let thread: Worker | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * Does a job when its turn comes. The time limit (6 seconds without a sign of life, 10 more per MB, never over 45) starts only when the
 * thread begins on it.
 */
export function runPdfJob(job: Job): Promise<Result> {
  const mine = last.then(() => runNow(job))
  last = mine.catch(() => undefined)
  return mine
}

async function runNow(job: Job): Promise<Result> {
  const worker = (thread ??= startThread())
  worker.ref()
  const answer = await answerOf(worker, job)
  worker.unref()
  if (answer.isSpent || answer.memory > limits.memoryToKeep) await endThread(worker)
  if ("refused" in answer) throw new PdfRefused(answer.refused)
  return answer.result
}

type Final = Exclude<Answer, "alive">

function answerOf(worker: Worker, job: Job): Promise<Final> {
  return new Promise((resolve) => {
    const finish = (answer: Final) => {
      clearTimeout(silence)
      clearTimeout(whole)
      clearInterval(watch)
      worker.off("message", receive).off("error", fail).off("exit", leave)
      resolve(answer)
    }
    const giveUp = (refused: PdfRefusal) => finish({ refused, memory: 0, isSpent: true })
    const receive = (answer: Answer) => (answer === "alive" ? listenOn() : finish(answer))
    const listenOn = () => {
      clearTimeout(silence)
      silence = setTimeout(giveUp, Math.min(limits.longestSilence, limits.silence + (limits.silencePerMegabyte * job.bytes.length) / 2 ** 20), "timeout")
    }
    const fail = (error: unknown) => giveUp(isOutOfMemory(error) ? "too-large" : "broken")
    const leave = () => giveUp("broken")
    let silence = setTimeout(giveUp, limits.start, "broken")
    const whole = setTimeout(giveUp, limits.whole, "timeout")
    const watch = setInterval(() => void giveUpWhenTooLarge(worker, giveUp), 250)
    worker.on("message", receive).on("error", fail).on("exit", leave)
    worker.postMessage(job)
  })
}

/** The limits of a thread count what JavaScript holds, not the buffers beside it: a small file can unpack into gigabytes of those. */
async function giveUpWhenTooLarge(worker: Worker, giveUp: (refused: PdfRefusal) => void) {
  const held = await worker.getHeapStatistics().catch(() => undefined)
  if (held && held.external_memory + held.total_heap_size > limits.memory) giveUp("too-large")
}

/** A class of its own, because a bundler that sees `new Worker` would pack the thread and PDFium into the web server. */
class PdfThread extends Worker {
  constructor() {
    super(threadFile, { resourceLimits: { maxOldGenerationSizeMb: 384 }, execArgv: [], env: {}, name: "pdf" })
  }
}

function startThread(): Worker {
  const started = new PdfThread()
  started.on("exit", () => {
    if (thread === started) thread = undefined
  })
  started.on("error", () => undefined)
  return started
}

async function endThread(worker: Worker) {
  thread = undefined
  await worker.terminate()
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
}
