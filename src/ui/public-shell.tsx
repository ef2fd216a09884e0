import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Mark } from "./mark.tsx"

/** The frame for somebody who is not signed in: the mark, one sheet with the title and what is asked, and quiet links below. */
export function PublicShell({ title, lead, foot, children }: { title: string; lead?: ReactNode; foot?: ReactNode; children: ReactNode }) {
  const t = useTranslations("common")
  return (
    <div className="public">
      <header>
        <a className="mark" href="/">
          <Mark />
          {t("product")}
        </a>
      </header>
      <main id="inhoud" tabIndex={-1}>
        <div className="sheet">
          <div>
            <h1>{title}</h1>
            {lead && <p className="lead">{lead}</p>}
          </div>
          {children}
        </div>
      </main>
      <footer>{foot}</footer>
    </div>
  )
}
