import { useTranslations } from "next-intl"
import { MonthList } from "./month-list.tsx"

export type MonthState = "read" | "unread" | "missing" | "none"
export type Month = {
  /** "jan", or "P3" for four-weekly payroll. */
  short: string
  /** "januari", or "periode 3". */
  name: string
  state: MonthState
  href?: string
}

/** The year as a row of twelve months or thirteen periods: which payslips came, were read, or are missing. Shape and words say it, not colour alone. */
export function MonthStrip({ label, months }: { label: string; months: readonly Month[] }) {
  const t = useTranslations("ui.months")
  return <MonthList label={label} months={months.map(({ short, name, state, href }) => [state, short, `${name}: ${t(state)}`, href])} />
}
