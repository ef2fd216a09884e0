import { at, type Round } from "./load.ts"

/** The median with (minimum-maximum). */
export function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const digits = (value: number) => value.toFixed(value < 10 ? 2 : 0)
  return `${digits(at(sorted, 0.5))} (${digits(sorted[0] ?? 0)}-${digits(sorted.at(-1) ?? 0)})`
}

/** Prints one comparison: per target CPU ms per request, latency, and its ratio to the first; medians with minimum and maximum. */
export function printComparison(title: string, results: Map<string, Round[]>, promise: string): void {
  const [floor = []] = results.values()
  console.log(`\n${title}\n${promise}\n`)
  const rows = [...results].map(([name, rounds]) => ({
    what: name,
    "CPU ms": spread(rounds.map((round) => round.cpu)),
    ratio: spread(rounds.map((round, index) => round.cpu / (floor[index]?.cpu || 1))),
    "p50 ms": spread(rounds.map((round) => round.p50)),
    "p99 ms": spread(rounds.map((round) => round.p99)),
  }))
  printTable(rows)
}

/** Prints rows as a table of plain text. */
export function printTable(rows: readonly Record<string, string>[]): void {
  const columns = Object.keys(rows[0] ?? {})
  const width = (column: string) => Math.max(column.length, ...rows.map((row) => row[column]?.length ?? 0))
  const line = (values: readonly string[]) => console.log(`  ${values.map((value, index) => value.padEnd(width(columns[index] ?? ""))).join("   ")}`.trimEnd())
  line(columns)
  for (const row of rows) line(columns.map((column) => row[column] ?? ""))
}
