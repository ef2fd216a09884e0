"use client"

import { CalmPage } from "#ui/calm-page.tsx"
import { usePageWords } from "#ui/page-words.tsx"

/** Shown for an address that does not exist and for what the viewer cannot see: nobody learns which of the two it is. */
export default function NotFoundPage() {
  const words = usePageWords()
  if (!words) return null
  return (
    <CalmPage title={words.notFoundTitle} lead={words.notFoundLead}>
      <title>{words.notFoundTitle}</title>
      <a className="btn primary" href="/">
        {words.toStart}
      </a>
    </CalmPage>
  )
}
