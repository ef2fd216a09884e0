import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { beforeAll, expect, test } from "vitest"
import type { Report } from "./pdf-corpus-run.ts"

let report: Report

beforeAll(async () => {
  const run = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "pdf-corpus-run.ts")], { maxBuffer: 2 ** 24 })
  report = JSON.parse(run.stdout)
  const slowest = report.outcomes.toSorted((a, b) => b.milliseconds - a.milliseconds)[0]
  console.info(`${report.outcomes.length} odd PDFs; peak ${Math.round(report.peak / 2 ** 20)} MB; slowest ${slowest?.name}, ${slowest?.milliseconds} ms for one step`)
}, 300_000)

test("no odd PDF hangs for ten seconds or takes more than 512 MB", () => {
  expect(report.outcomes).toHaveLength(246)
  expect(report.outcomes.filter(({ milliseconds }) => milliseconds >= 10_000)).toEqual([])
  expect(report.peak).toBeLessThan(512 * 2 ** 20)
})

test("an odd PDF is read, or refused for what it is", () => {
  const refused = report.outcomes.filter(({ read }) => read !== "ok").map(({ name, read }) => `${name}: ${read}`)
  expect(refused).toEqual([
    "issue15893_reduced.pdf: encrypted",
    "issue19484_1.pdf: empty",
    "poppler-395-0-fuzzed.pdf: empty",
    "pr6531_2.pdf: encrypted",
    "saslprep-r6.pdf: encrypted",
  ])
})

test("what can be read can be painted and split, but for the few that never end or contradict themselves", () => {
  const failed = report.outcomes.filter(({ read, paint, split }) => read === "ok" && (paint !== "ok" || split !== "ok")).map(({ name }) => name)
  expect(["PDFBOX-4352-0.pdf", "Pages-tree-refs.pdf", "issue16263.pdf", "operator_list_cycle.pdf"]).toEqual(expect.arrayContaining(failed))
})

test("a part looks as the page did, but for form fields that nothing was drawn for", () => {
  const different = report.outcomes.filter(({ looksSame }) => !looksSame).map(({ name }) => name)
  expect(knownToDiffer).toEqual(expect.arrayContaining(different))
})

const knownToDiffer = [
  "annotation-tx2", "bug1724918", "bug1770750", "bug1802888", "bug1811510", "bug1883609", "dates_save", "evaljs", "issue12504", "issue15092", "issue15815", "issue17998",
  "issue18536", "issue18561", "rc_annotation", "secHandler",
].map((name) => `${name}.pdf`)
