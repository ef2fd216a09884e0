import { join } from "node:path"
import { Worker } from "node:worker_threads"

/** Why a job has no result: ended by its limits, by a crash, or not begun because too many wait. */
export type Failure = "timeout" | "too-large" | "broken" | "busy"

/** What a thread says. `memory` is what it keeps holding, in bytes. A thread that `isSpent` must not be used again. */
export type Answer<Result, Refused> = "alive" | ({ memory: number; isSpent: boolean } & Outcome<Result, Refused>)
export type Outcome<Result, Refused> = { result: Result } | { refused: Refused }

export type Line<Job> = {
  /** One line per name and process, however often a bundler copies this module. */
  name: string
  /** The thread, from the folder that holds src/. Node runs it as it stands: src/ and node_modules/ must be there in a built portal too. */
  file: string
  /** The most JavaScript memory of the thread, the most of everything together, and what an idle thread may keep holding, in megabytes. */
  megabytes: { heap: number; whole: number; keep: number }
  /**
   * In milliseconds: loading the thread, silence while it works on this job, and the job as a whole. Silence counts the processor time that the
   * thread takes, so that a busy machine refuses no good file; a thread that only waits is ended after five times as long by the clock.
   */
  patience: { start: number; silence: (job: Job) => number; whole: number }
  /** Jobs that may wait for their turn; one more is "busy". */
  waiting: number
  /** How many jobs may be done side by side, each in a thread of its own; one unless told. A second thread starts when the first is busy. */
  threads?: number
}

type Place = { worker: Worker | undefined; last: Promise<unknown>; jobs: number }

declare global {
  var portalThreads: Record<string, Place[]> | undefined
}

/**
 * A line of jobs that read what strangers made: a thread of this process does them, one after the other. A job that hangs, crashes or eats
 * memory costs itself only: its thread is ended and the next job gets a new one. It never keeps a process alive that has nothing else to do.
 */
export function threadLine<Job, Result, Refused>(line: Line<Job>): (job: Job) => Promise<Outcome<Result, Refused | Failure>> {
  const { threads = 1 } = line
  const places = ((globalThis.portalThreads ??= {})[line.name] ??= Array.from({ length: threads }, () => ({ worker: undefined, last: Promise.resolve(), jobs: 0 })))

  async function doNow(place: Place, job: Job): Promise<Outcome<Result, Refused | Failure>> {
    const worker = (place.worker ??= startThread(place))
    worker.ref()
    const answer = await answerOf<Job, Result, Refused>(worker, job, line)
    worker.unref()
    if (answer.isSpent || answer.memory > line.megabytes.keep * 2 ** 20) {
      place.worker = undefined
      await worker.terminate()
    }
    return answer
  }

  function startThread(place: Place): Worker {
    const worker = new Thread(line.file, line.name, line.megabytes.heap)
    worker.on("error", () => undefined)
    worker.on("exit", () => {
      if (place.worker === worker) place.worker = undefined
    })
    return worker
  }

  return (job) => {
    const [place] = places.toSorted((one, other) => one.jobs - other.jobs)
    const jobs = places.reduce((sum, one) => sum + one.jobs, 0)
    if (!place || jobs >= line.waiting + threads) return Promise.resolve({ refused: "busy" })
    place.jobs++
    const mine = place.last.then(() => doNow(place, job)).finally(() => place.jobs--)
    place.last = mine.catch(() => undefined)
    return mine
  }
}

type Final<Result, Refused> = Exclude<Answer<Result, Refused | Failure>, "alive">

function answerOf<Job, Result, Refused>(worker: Worker, job: Job, { patience, megabytes }: Line<Job>): Promise<Final<Result, Refused>> {
  return new Promise((resolve) => {
    const finish = (answer: Final<Result, Refused>) => {
      clearTimeout(waiting)
      clearTimeout(whole)
      clearInterval(watch)
      worker.off("message", receive).off("error", fail).off("exit", leave)
      resolve(answer)
    }
    const giveUp = (refused: Failure) => finish({ refused, memory: 0, isSpent: true })
    const receive = (answer: Answer<Result, Refused>) => (answer === "alive" ? listenOn() : finish(answer))
    const listenOn = () => {
      clearTimeout(waiting)
      waiting = setTimeout(giveUp, 5 * patience.silence(job), "timeout")
      workedSince = workSince(worker)
    }
    const fail = (error: unknown) => giveUp(isOutOfMemory(error) ? "too-large" : "broken")
    const leave = () => giveUp("broken")
    let workedSince: (() => Promise<number>) | undefined
    let waiting = setTimeout(giveUp, patience.start, "broken")
    const whole = setTimeout(giveUp, patience.whole, "timeout")
    const watch = setInterval(() => void look(), 250)
    const look = async () => {
      const since = workedSince
      if (await holdsTooMuch(worker, megabytes.whole)) giveUp("too-large")
      const worked = await since?.()
      if (worked && worked > patience.silence(job) && since === workedSince) giveUp("timeout")
    }
    worker.on("message", receive).on("error", fail).on("exit", leave)
    worker.postMessage(job)
  })
}

/** How long a thread works from now on: processor time in milliseconds, each time that it is asked. */
function workSince(worker: Worker): () => Promise<number> {
  const before = workedBy(worker)
  return async () => (await workedBy(worker)) - (await before)
}

/** The processor time that a thread took so far, in milliseconds; none of one that is gone. */
async function workedBy(worker: Worker): Promise<number> {
  const used = await worker.cpuUsage().catch(() => undefined)
  return used ? (used.user + used.system) / 1000 : 0
}

/** The limits of a thread count what JavaScript holds, not the buffers beside it: a small file can unpack into gigabytes of those. */
async function holdsTooMuch(worker: Worker, megabytes: number): Promise<boolean> {
  const held = await worker.getHeapStatistics().catch(() => undefined)
  return held !== undefined && held.external_memory + held.total_heap_size > megabytes * 2 ** 20
}

/**
 * A class of its own, and a place worked out at run time, because a bundler that sees `new Worker` would pack the thread into the web
 * server. A thread that reads hostile files gets no environment: no key, no address.
 */
class Thread extends Worker {
  constructor(file: string, name: string, maxOldGenerationSizeMb: number) {
    super(join(/* turbopackIgnore: true */ process.cwd(), file), { resourceLimits: { maxOldGenerationSizeMb }, execArgv: [], env: {}, name })
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
}
