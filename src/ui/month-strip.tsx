import { getTranslations } from "next-intl/server"

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
export async function MonthStrip({ label, months }: { label: string; months: readonly Month[] }) {
  const t = await getTranslations("ui.months")
  return (
    <ol className={months.length > 12 ? "months of-13" : "months"} aria-label={label}>
      {months.map(({ short, name, state, href }) => {
        const title = `${name}: ${t(state)}`
        const inside = (
          <>
            <span aria-hidden="true">{short}</span>
            <span className="vh">{title}</span>
            <i />
          </>
        )
        return (
          <li key={short} className={state} title={title}>
            {href ? <a href={href} className={state}>{inside}</a> : <span className={`month ${state}`}>{inside}</span>}
          </li>
        )
      })}
    </ol>
  )
}
