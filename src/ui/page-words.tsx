"use client"

import { createContext, type ReactNode, useContext } from "react"

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
