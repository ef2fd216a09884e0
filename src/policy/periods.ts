export type PeriodKind = "month" | "four-weeks"

/** One wage period of one year; `number` counts from 1. */
export type PayPeriod = { year: number; kind: PeriodKind; number: number }

/** What the catalogue needs to name a period. */
export type PeriodLabel = { key: string; values: { period: number } }

const PERIODS = {
  month: { count: 12, label: (number) => `periods.month.${number}` },
  "four-weeks": { count: 13, label: () => "periods.four-weeks" },
} satisfies Record<PeriodKind, { count: number; label: (number: number) => string }>

/** How many periods a year has: 12 months or 13 times four weeks. */
export function periodsPerYear(kind: PeriodKind): number {
  return PERIODS[kind].count
}

/** True for a whole number from 1 to the number of periods of this kind. */
export function isPeriod(kind: PeriodKind, number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= periodsPerYear(kind)
}

/** The message key of a period's name and the value for it: periods.month.3, or periods.four-weeks with { period: 3 }. */
export function periodLabel(kind: PeriodKind, number: number): PeriodLabel {
  return { key: PERIODS[kind].label(number), values: { period: number } }
}

/** The period before this one; before the first of a year comes the last of the year before. */
export function previousPeriod({ year, kind, number }: PayPeriod): PayPeriod {
  return number > 1 ? { year, kind, number: number - 1 } : { year: year - 1, kind, number: periodsPerYear(kind) }
}

/** The period after this one; after the last of a year comes the first of the next. */
export function nextPeriod({ year, kind, number }: PayPeriod): PayPeriod {
  return number < periodsPerYear(kind) ? { year, kind, number: number + 1 } : { year: year + 1, kind, number: 1 }
}

/** The first day of a period of a year, or of the year itself (null), YYYY-MM-DD; four weeks are counted from the first of January. */
export function firstDayOf(year: number, kind: PeriodKind, number: number | null): string {
  const first = kind === "month" ? Date.UTC(year, (number ?? 1) - 1, 1) : Date.UTC(year, 0, 1 + 28 * ((number ?? 1) - 1))
  return new Date(first).toISOString().slice(0, 10)
}

/**
 * How many periods of a year are over on a day, YYYY-MM-DD. A period of four weeks ends with every fourth ISO week (ISO 8601: week 1 has 4 January), the
 * thirteenth with the year's last.
 */
export function periodsOver(kind: PeriodKind, year: number, day: string): number {
  const [at, count] = [Date.parse(`${day}T00:00:00Z`), periodsPerYear(kind)]
  if (kind === "month") {
    const today = new Date(at)
    return Math.max(0, Math.min(count, (today.getUTCFullYear() - year) * 12 + today.getUTCMonth()))
  }
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000
  return Math.max(0, Math.min(count, Math.floor((at - monday) / (28 * 86_400_000))))
}
