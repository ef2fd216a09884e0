"use client"

import { CalmPage } from "#ui/calm-page.tsx"
import { digestOf } from "#ui/error-digest.ts"
import { filled } from "#ui/filled.ts"
import { usePageWords } from "#ui/page-words.tsx"

/** Shown when a page fails by a bug: the reference under which it was logged, and a way on. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const words = usePageWords()
  if (!words) throw error
  const digest = digestOf(error)
  return (
    <CalmPage title={words.unexpectedTitle} lead={words.unexpectedLead} small={digest && filled(words.reference, { reference: digest })}>
      <button className="btn primary" onClick={() => retry()}>
        {words.again}
      </button>
      <a className="btn" href="/">
        {words.toStart}
      </a>
    </CalmPage>
  )
}
