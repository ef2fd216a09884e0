import { abroad } from "./abroad.ts"
import { drawn } from "./drawn.ts"
import { makes } from "./makes.ts"
import { monthly } from "./monthly.ts"
import { names } from "./names.ts"
import { series } from "./series.ts"
import { traps } from "./traps.ts"
import type { PrintedLayout, Truth } from "./sheets.ts"

const first = [...monthly, ...abroad, ...series, ...names]

/** Every layout that a browser prints. */
export const printed = [...first, ...makes, ...traps]

export { drawn }

/** Recognition was mended on the first, judged once on the second, mended further, and judged once more on the third and, last, the fourth. */
export type Share = "mended-on" | "kept-apart" | "made-after" | "made-last"

export type JudgedLayout = { name: string; truths: Truth[]; periodKind: "month" | "four-weeks"; share: Share }

const toJudge = ({ name, sheets, fourWeeks }: PrintedLayout): Omit<JudgedLayout, "share"> => ({ name, truths: sheets.map(({ truth }) => truth), periodKind: fourWeeks ? "four-weeks" : "month" })

/** Every layout, with whose each page is. */
export const layouts: JudgedLayout[] = [
  ...[...first.map(toJudge), ...drawn.map(({ name, truths }) => ({ name, truths, periodKind: "month" } as const))].map((layout, index) => ({ ...layout, share: index % 2 ? "kept-apart" : "mended-on" } as const)),
  ...makes.map((layout) => ({ ...toJudge(layout), share: "made-after" } as const)),
  ...traps.map((layout) => ({ ...toJudge(layout), share: "made-last" } as const)),
]
