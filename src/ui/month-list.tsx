"use client"

/** [state, short, title, href] of one month or period. */
export type MonthLine = readonly [state: string, short: string, title: string, href: string | undefined]

/** The row of MonthStrip. A client component only so that the months can travel as data; it does nothing in the browser. */
export function MonthList({ label, months }: { label: string; months: readonly MonthLine[] }) {
  return (
    <ol className={months.length > 12 ? "months of-13" : "months"} aria-label={label}>
      {months.map(([state, short, title, href]) => (
        <li key={short} className={state} title={title}>
          {href ? (
            <a href={href}>
              {short}
              <span className="vh">{` ${title}`}</span>
            </a>
          ) : (
            <span>
              {short}
              <span className="vh">{` ${title}`}</span>
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
