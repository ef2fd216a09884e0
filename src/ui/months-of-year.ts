import { periodsPerYear, type PeriodKind } from "#policy/periods.ts"
import type { MonthState } from "./month-strip.tsx"

/** A payslip as the strip of months needs it. */
export type Payslip = { id: string; period: number | null; periodKind: string | null; read: boolean }

export type PeriodOfYear = { number: number; state: MonthState; fileId?: string }

/**
 * The periods of a year, each with what became of its payslip. One is missing only when there are payslips before and after it in the
 * year: somebody who began in June misses nothing of May. A period with several is unread as long as one of them is, and leads to that one.
 */
export function periodsOfYear(payslips: readonly Payslip[]): { kind: PeriodKind; periods: PeriodOfYear[] } {
  const kind = payslips.some((one) => one.periodKind === "four-weeks") ? "four-weeks" : "month"
  const received = new Set(payslips.map((one) => one.period ?? 0))
  const first = Math.min(...received)
  const last = Math.max(...received)
  const periods = Array.from({ length: periodsPerYear(kind) }, (_, index): PeriodOfYear => {
    const number = index + 1
    const all = payslips.filter((one) => one.period === number)
    const file = all.find((one) => !one.read) ?? all[0]
    if (file) return { number, state: file.read ? "read" : "unread", fileId: file.id }
    return { number, state: number > first && number < last ? "missing" : "none" }
  })
  return { kind, periods }
}
