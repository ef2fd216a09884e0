import { useLocale, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { countText } from "./amounts.ts"
import { filled } from "./filled.ts"
import { Icon } from "./icon.tsx"
import { LiveFind } from "./live-find.tsx"

type Props = {
  title: string
  /** How many there are in all, found or not. */
  count: number
  /** An anchor, and what keeps two search boxes on a page apart. */
  id: string
  /** "page": all rows are on the page and are sifted while typing. "server": the rest is elsewhere, so the page is asked again. Left out: no box. */
  find?: "page" | "server"
  /** The parameter of the address that holds what is sought, and its value now. The page filters on it, so it works without JavaScript. */
  query?: { name: string; value: string }
  /** Other parameters to keep when the search form is sent. */
  keep?: Readonly<Record<string, string>>
  tools?: ReactNode
  folded?: boolean
  children: ReactNode
}

/** A section of a dossier that folds, counts, and has its own "Zoek...". */
export function FileSection({ title, count, id, find, query = { name: "q", value: "" }, keep = {}, tools, folded = false, children }: Props) {
  const t = useTranslations("ui.find")
  const amount = countText(count, useLocale())
  const label = filled(t.raw("in"), { title })
  return (
    <section className="list" id={id} aria-labelledby={`${id}-titel`}>
      <details open={!folded}>
        <summary>
          <h2 id={`${id}-titel`}>{title}</h2> <span className="amount">({amount})</span>
          <Icon name="down" small />
        </summary>
        <div className="within">
          {(tools || (find && count > 0)) && (
            <div className="tools">
              {tools}
              {find && count > 0 && (
                <form role="search" aria-label={label} className="find" method="get">
                  {Object.entries(keep).map(([name, value]) => (
                    <input key={name} type="hidden" name={name} value={value} />
                  ))}
                  <Icon name="find" small />
                  <LiveFind within={id} reach={find} name={query.name} value={query.value} label={label} placeholder={t("placeholder")} none={t("none")} found={t.raw("shown")} noBsn={t("noBsn")} />
                </form>
              )}
            </div>
          )}
          {children}
        </div>
      </details>
    </section>
  )
}
