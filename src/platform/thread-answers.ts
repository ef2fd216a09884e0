import { getHeapStatistics } from "node:v8"
import { parentPort } from "node:worker_threads"
import type { Answer } from "./thread-line.ts"

/** A sign of life: the job is not hanging. */
export type SayAlive = () => void

type Work<Job, Result, Refused> = {
  work: (job: Job, alive: SayAlive) => Result | Promise<Result>
  /** What an error says that refuses the file; undefined for a bug, after which the thread is not trusted any more. */
  refusalOf: (error: unknown) => Refused | undefined
  broken: Refused
  /** What the thread holds that may not shrink any more, in bytes; the heap of JavaScript unless told. */
  memory?: () => number
  /** What of a result need not be copied: the thread lets go of it. */
  handOver?: (result: Result) => ArrayBuffer[]
}

/** The inside of a thread that thread-line.ts starts: one answer for each job, and nothing that a library prints reaches the log. */
export function answerJobs<Job, Result, Refused>({ work, refusalOf, broken, memory = () => getHeapStatistics().total_heap_size, handOver = () => [] }: Work<Job, Result, Refused>): void {
  for (const level of ["log", "info", "warn", "error"] as const) console[level] = () => undefined
  const send = (answer: Answer<Result, Refused>, handedOver: ArrayBuffer[] = []) => parentPort?.postMessage(answer, handedOver)

  async function answer(job: Job) {
    try {
      const result = await work(job, () => send("alive"))
      send({ result, memory: memory(), isSpent: false }, handOver(result))
    } catch (error) {
      const refused = refusalOf(error)
      send({ refused: refused ?? broken, memory: memory(), isSpent: refused === undefined })
    }
  }

  parentPort?.on("message", (job: Job) => void answer(job))
}
