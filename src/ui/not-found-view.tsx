"use client"

import { CalmPage } from "./calm-page.tsx"
import { usePageWords } from "./page-words.tsx"

/** Says that something is not there. A client component, so that the pages that carry it in case they need it carry a name only. */
export function NotFoundView() {
  const words = usePageWords()
  if (!words) return null
  return (
    <CalmPage title={words.notFoundTitle} lead={words.notFoundLead}>
      <a className="btn primary" href="/">
        {words.toStart}
      </a>
    </CalmPage>
  )
}
