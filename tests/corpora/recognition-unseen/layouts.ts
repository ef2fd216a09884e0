import { abroad } from "./abroad.ts"
import { drawn } from "./drawn.ts"
import { monthly } from "./monthly.ts"
import { names } from "./names.ts"
import { series } from "./series.ts"
import type { Truth } from "./sheets.ts"

/** Every layout that a browser prints. */
export const printed = [...monthly, ...abroad, ...series, ...names]

export { drawn }

export type JudgedLayout = { name: string; truths: Truth[]; periodKind: "month" | "four-weeks" }

/** Every layout, with whose each page is. */
export const layouts: JudgedLayout[] = [
  ...printed.map(({ name, sheets, fourWeeks }): JudgedLayout => ({ name, truths: sheets.map(({ truth }) => truth), periodKind: fourWeeks ? "four-weeks" : "month" })),
  ...drawn.map(({ name, truths }): JudgedLayout => ({ name, truths, periodKind: "month" })),
]
