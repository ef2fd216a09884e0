import { expect, test } from "vitest"
import { periodsOfYear } from "#ui/months-of-year.ts"

const payslip = (period: number, read = true, id = `file-${period}`) => ({ id, period, periodKind: "month", read })
const states = (payslips: Parameters<typeof periodsOfYear>[0]) => periodsOfYear(payslips).periods.map(({ state }) => state)

test("a month shows whether its payslip was read", () => {
  expect(states([payslip(1), payslip(2, false)]).slice(0, 3)).toEqual(["read", "unread", "none"])
})

test("a payslip is missing when there is one before and one after it", () => {
  expect(states([payslip(3), payslip(5)])).toEqual(["none", "none", "read", "missing", "read", "none", "none", "none", "none", "none", "none", "none"])
})

test("somebody who began in June misses nothing of the months before", () => {
  expect(states([payslip(6)])).not.toContain("missing")
})

test("a month with two payslips is unread while one of them is, and leads to that one", () => {
  const { periods } = periodsOfYear([payslip(4, true, "first"), payslip(4, false, "second")])
  expect(periods[3]).toEqual({ number: 4, state: "unread", fileId: "second" })
})

test("four-weekly payroll has thirteen periods", () => {
  const { kind, periods } = periodsOfYear([{ ...payslip(13), periodKind: "four-weeks" }])
  expect(kind).toBe("four-weeks")
  expect(periods.map(({ state }) => state).at(12)).toBe("read")
})
