import type { useTranslations } from "next-intl"
import type { DocumentKind } from "#policy/document-kinds.ts"
import type { PayPeriod } from "#policy/periods.ts"
import { filled } from "./filled.ts"

/** The translator of the whole catalogue: what `await getTranslations()` gives. */
export type Translator = ReturnType<typeof useTranslations<never>>

/** The name of a payroll file on screen: "Loonstrook - maart 2026", "Serie-overzichten maart 2026", "Jaaropgave 2025". */
export function fileTitle(t: Translator, kind: DocumentKind, year: number, period?: PayPeriod): string {
  return filled(t.raw(`documentTitles.${kind}`), { year, period: period ? periodInYear(t, period) : year })
}

/** "maart 2026", or "periode 3 2026" for four-weekly payroll. */
export function periodInYear(t: Translator, period: PayPeriod): string {
  return filled(t.raw("periods.in-year"), { period: periodName(t, period), year: period.year })
}

/** "maart", or "periode 3". */
export function periodName(t: Translator, { kind, number }: Omit<PayPeriod, "year">): string {
  return kind === "month" ? t(`periods.month.${monthKey(number)}`) : filled(t.raw("periods.four-weeks"), { period: number })
}

/** "mrt", or "P3". */
export function periodShort(t: Translator, { kind, number }: Omit<PayPeriod, "year">): string {
  return kind === "month" ? t(`periods.month-short.${monthKey(number)}`) : filled(t.raw("periods.four-weeks-short"), { period: number })
}

const monthKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const

function monthKey(number: number): (typeof monthKeys)[number] {
  const key = monthKeys[number - 1]
  if (!key) throw new Error(`There is no month ${number}`)
  return key
}
