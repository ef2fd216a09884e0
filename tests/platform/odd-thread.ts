import { answerJobs } from "#platform/thread-answers.ts"

/** A thread for thread-line.test.ts that does what hostile files do to one. */
answerJobs<string, string, string>({
  work(job, alive) {
    alive()
    if (job === "hang") for (;;);
    if (job === "crash") process.exit(1)
    if (job === "eat") for (const eaten: number[][] = []; ; ) eaten.push(Array.from({ length: 10_000 }, Math.random))
    if (job === "buffers") for (const eaten: Uint8Array[] = []; ; ) eaten.push(new Uint8Array(2 ** 22).fill(1))
    if (job === "refuse") throw new RangeError()
    if (job === "bug") throw new Error("unexpected")
    if (job === "environment") return Object.keys(process.env).join()
    return job
  },
  refusalOf: (error) => (error instanceof RangeError ? "no" : undefined),
  broken: "bug",
})
