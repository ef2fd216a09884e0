import type { useTranslations } from "next-intl"
import type nl from "#messages/nl.json"

/** The translator of the whole catalogue: what `await getTranslations()` gives. */
export type Translator = ReturnType<typeof useTranslations<never>>

export type DocumentKind = keyof (typeof nl)["documentTitles"]
export type Period = { year: number; frequency: "monthly" | "four-weekly"; number: number }

/** The name of a payroll file on screen: "Loonstrook - maart 2026", "Serie-overzichten maart 2026", "Jaaropgave 2025". */
export function fileTitle(t: Translator, kind: DocumentKind, year: number, period?: Period): string {
  return t(`documentTitles.${kind}`, { year: String(year), period: period ? periodInYear(t, period) : String(year) })
}

/** "maart 2026", or "periode 3 2026" for four-weekly payroll. */
export function periodInYear(t: Translator, period: Period): string {
  return t("periods.inYear", { period: periodName(t, period), year: String(period.year) })
}

/** "maart", or "periode 3". */
export function periodName(t: Translator, { frequency, number }: Omit<Period, "year">): string {
  return frequency === "monthly" ? t(`periods.month.${monthKey(number)}`) : t("periods.fourWeekly", { number: String(number) })
}

/** "mrt", or "P3". */
export function periodShort(t: Translator, { frequency, number }: Omit<Period, "year">): string {
  return frequency === "monthly" ? t(`periods.monthShort.${monthKey(number)}`) : t("periods.fourWeeklyShort", { number: String(number) })
}

const monthKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const

function monthKey(number: number): (typeof monthKeys)[number] {
  const key = monthKeys[number - 1]
  if (!key) throw new Error(`There is no month ${number}`)
  return key
}
