import { expect, test } from "vitest"
import { threadLine } from "#platform/thread-line.ts"

const ask = threadLine<string, string, string>({
  name: "odd",
  file: "tests/platform/odd-thread.ts",
  megabytes: { heap: 64, whole: 256, keep: 256 },
  patience: { start: 30_000, silence: (job) => (job === "hang" ? 500 : 20_000), whole: 30_000 },
  waiting: 3,
})

test.each([
  ["hang", "timeout"],
  ["crash", "broken"],
  ["eat", "too-large"],
  ["buffers", "too-large"],
  ["bug", "bug"],
  ["refuse", "no"],
])("a job that makes the thread %s costs itself only", { timeout: 60_000 }, async (job, refused) => {
  const [first, next] = await Promise.all([ask(job), ask("next")])
  expect([first, next]).toMatchObject([{ refused }, { result: "next" }])
})

test("a thread has no environment: no key and no address is in its reach", async () => {
  expect(await ask("environment")).toMatchObject({ result: "" })
})

test("one job is done at a time, three wait, and the fifth is refused at once", async () => {
  const jobs = ["hang", "a", "b", "c", "d"].map(ask)
  expect(await jobs[4]).toEqual({ refused: "busy" })
  expect(await Promise.all(jobs.slice(0, 4))).toMatchObject([{ refused: "timeout" }, { result: "a" }, { result: "b" }, { result: "c" }])
  expect(await ask("after")).toMatchObject({ result: "after" })
})

const askTwo = threadLine<string, string, string>({
  name: "odd-two",
  file: "tests/platform/odd-thread.ts",
  megabytes: { heap: 64, whole: 256, keep: 256 },
  patience: { start: 30_000, silence: (job) => (job === "hang" ? 5_000 : 20_000), whole: 30_000 },
  waiting: 1,
  threads: 2,
})

test("with two threads a job that hangs keeps nobody waiting, and only what neither has room for is refused", async () => {
  const ended: string[] = []
  const jobs = ["hang", "a", "b", "c"].map((job) => askTwo(job).finally(() => ended.push(job)))
  expect(await jobs[3]).toEqual({ refused: "busy" })
  expect(await Promise.all(jobs.slice(0, 3))).toMatchObject([{ refused: "timeout" }, { result: "a" }, { result: "b" }])
  expect(ended[0]).toBe("c")
  expect(ended.indexOf("a")).toBeLessThan(ended.indexOf("hang"))
})
