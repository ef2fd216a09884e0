import { expect, test } from "vitest"
import type { Judgement } from "../../corpora/recognition-unseen/judge.ts"
import { judgeLayout } from "../../corpora/recognition-unseen/judge.ts"
import { layouts } from "../../corpora/recognition-unseen/layouts.ts"

/** Pages that are clear to a reader and wait all the same. */
const stillParked = new Map<string, Omit<Judgement, "outcome">[]>([["payslip-in-english", [{ page: 3, found: "period-unknown" }]]])

const clearOn = ({ truths }: (typeof layouts)[number]) => truths.filter((truth) => typeof truth !== "string" && !truth.mayPark).length

test.each(layouts.map((layout) => [layout.name, layout] as const))("%s: nothing is given to the wrong one, and what is clear is placed", async (name, layout) => {
  const amiss = (await judgeLayout(layout)).filter(({ outcome }) => outcome !== "right")
  expect(amiss).toEqual((stillParked.get(name) ?? []).map((page) => ({ ...page, outcome: "parked" })))
})

test("fewer than one clear page in twenty waits, in more than three hundred", () => {
  const clear = layouts.reduce((sum, layout) => sum + clearOn(layout), 0)
  const parked = [...stillParked.values()].flat().length
  expect(clear).toBeGreaterThan(300)
  expect(parked / clear).toBeLessThan(0.05)
})
