import fc from "fast-check"
import { expect, test } from "vitest"
import { isPeriod, nextPeriod, type PayPeriod, periodLabel, periodsPerYear, previousPeriod } from "#policy/periods.ts"

test("a year has 12 months, or 13 times four weeks", () => {
  expect([1, 12].every((number) => isPeriod("month", number))).toBe(true)
  expect([0, 13, -1, 1.5, NaN].some((number) => isPeriod("month", number))).toBe(false)
  expect([isPeriod("four-weeks", 13), isPeriod("four-weeks", 14)]).toEqual([true, false])
})

test("a month has a key of its own, four weeks are named by number", () => {
  expect(periodLabel("month", 3)).toEqual({ key: "periods.month.3", values: { period: 3 } })
  expect(periodLabel("four-weeks", 13)).toEqual({ key: "periods.four-weeks", values: { period: 13 } })
})

test("the year turns after the last period", () => {
  expect(nextPeriod({ year: 2026, kind: "month", number: 12 })).toEqual({ year: 2027, kind: "month", number: 1 })
  expect(nextPeriod({ year: 2026, kind: "four-weeks", number: 12 })).toEqual({ year: 2026, kind: "four-weeks", number: 13 })
  expect(previousPeriod({ year: 2026, kind: "four-weeks", number: 1 })).toEqual({ year: 2025, kind: "four-weeks", number: 13 })
})

test("a year of steps forward is one year later, and every step back undoes one forward", () => {
  const periods = fc
    .record({ year: fc.integer({ min: 2000, max: 2100 }), kind: fc.constantFrom("month" as const, "four-weeks" as const), place: fc.nat() })
    .map(({ year, kind, place }): PayPeriod => ({ year, kind, number: (place % periodsPerYear(kind)) + 1 }))
  fc.assert(
    fc.property(periods, (period) => {
      expect(previousPeriod(nextPeriod(period))).toEqual(period)
      let later = period
      for (let step = 0; step < periodsPerYear(period.kind); step++) later = nextPeriod(later)
      expect(later).toEqual({ ...period, year: period.year + 1 })
    }),
  )
})
