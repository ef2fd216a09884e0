"use client"

import { createContext, type ReactNode, useContext } from "react"
import { CalmPage } from "./calm-page.tsx"

export type PageWords = Record<"notFoundTitle" | "notFoundLead" | "unexpectedTitle" | "unexpectedLead" | "reference" | "again" | "toStart" | "notSent", string>

const Words = createContext<PageWords | undefined>(undefined)

/** Carries the sentences of the error page and the not-found page, in the language of the request, to where no server component can bring them. */
export function PageWordsProvider({ words, children }: { words: PageWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>
}

/** The sentences, or undefined outside the root layout. */
export function usePageWords(): PageWords | undefined {
  return useContext(Words)
}

/** Says that something is not there. It stands beside the words, so that a page that carries it in case it needs it loads nothing more. */
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
