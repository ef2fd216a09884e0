import { judgeLayout } from "./judge.ts"
import { layouts } from "./layouts.ts"

/** Prints what became of every layout: node tests/corpora/recognition-unseen/show.ts */
const columns = ["wrong", "parked", "kind", "time"] as const
const halves = [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]
process.stdout.write(`${"layout".padEnd(38)}pages clear ${columns.join(" ")}\n`)
for (const [index, layout] of layouts.entries()) {
  const judged = await judgeLayout(layout)
  const clear = layout.truths.filter((truth) => typeof truth !== "string" && !truth.mayPark).length
  const counts = columns.map((column) => judged.filter(({ outcome }) => outcome === column).length)
  const half = halves[index % 2] ?? []
  for (const [at, count] of [clear, ...counts].entries()) half[at] = (half[at] ?? 0) + count
  process.stdout.write(`${index % 2 ? "b" : "a"} ${layout.name.padEnd(36)}${String(layout.truths.length).padStart(5)}${String(clear).padStart(6)}${counts.map((count) => String(count).padStart(6)).join("")}\n`)
  if (process.argv.includes(index % 2 ? "b" : "a")) for (const { page, outcome, found } of judged) if (outcome !== "right") process.stdout.write(`    ${page} ${outcome} ${found}\n`)
}
for (const [index, half] of halves.entries()) process.stdout.write(`${index ? "b" : "a"} in all: clear ${half.join(" ")}\n`)
