import { abroad } from "./abroad.ts"
import { drawn } from "./drawn.ts"
import { makes } from "./makes.ts"
import { monthly } from "./monthly.ts"
import { names } from "./names.ts"
import { series } from "./series.ts"
import type { Truth } from "./sheets.ts"

/** Every layout that a browser prints. */
export const printed = [...monthly, ...abroad, ...series, ...names, ...makes]

export { drawn }

/** Recognition was mended on the first, judged once on the second, mended further, and judged once more on the third. */
export type Share = "mended-on" | "kept-apart" | "made-after"

export type JudgedLayout = { name: string; truths: Truth[]; periodKind: "month" | "four-weeks"; share: Share }

const isLater = new Set(makes.map(({ name }) => name))

/** Every layout, with whose each page is. */
export const layouts: JudgedLayout[] = [
  ...printed.map(({ name, sheets, fourWeeks }) => ({ name, truths: sheets.map(({ truth }) => truth), periodKind: fourWeeks ? "four-weeks" : "month" } as const)),
  ...drawn.map(({ name, truths }) => ({ name, truths, periodKind: "month" } as const)),
].map((layout, index) => ({ ...layout, share: isLater.has(layout.name) ? "made-after" : index % 2 ? "kept-apart" : "mended-on" }))
