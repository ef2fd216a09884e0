import { judgeLayout } from "./judge.ts"
import { layouts } from "./layouts.ts"

/** Prints what became of every layout, and each page that went amiss in the shares that are named: node tests/corpora/recognition-unseen/show.ts [mended-on kept-apart made-after] */
const columns = ["wrong", "parked", "kind", "time"] as const
const totals = new Map<string, number[]>()
process.stdout.write(`${"layout".padEnd(38)}pages clear ${columns.join(" ")}\n`)
for (const layout of layouts) {
  const judged = await judgeLayout(layout)
  const clear = layout.truths.filter((truth) => typeof truth !== "string" && !truth.mayPark).length
  const counts = columns.map((column) => judged.filter(({ outcome }) => outcome === column).length)
  const before = totals.get(layout.share) ?? []
  totals.set(layout.share, [clear, ...counts].map((count, at) => count + (before[at] ?? 0)))
  process.stdout.write(`${layout.name.padEnd(38)}${String(layout.truths.length).padStart(5)}${String(clear).padStart(6)}${counts.map((count) => String(count).padStart(6)).join("")}\n`)
  if (process.argv.includes(layout.share)) for (const { page, outcome, found } of judged) if (outcome !== "right") process.stdout.write(`    ${page} ${outcome} ${found}\n`)
}
for (const [share, counts] of totals) process.stdout.write(`${share.padEnd(43)}${counts.map((count) => String(count).padStart(6)).join("")}\n`)
