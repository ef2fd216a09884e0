"use client"

import { createContext, useContext } from "react"

/** What an action said about the fields of its form: a sentence for each wrong one, and what was typed. */
export type Answered = { fields: Readonly<Record<string, string>>; values: Readonly<Record<string, string>> }

/** Given by ActionForm to the fields inside it. Outside a form nothing was said. */
export const AnsweredContext = createContext<Answered>({ fields: {}, values: {} })

/** The error of a field and what was typed in it: the action's word before what the page gave. */
export function useAnswered(name: string | undefined, error?: string): { error: string | undefined; typed: string | undefined } {
  const { fields, values } = useContext(AnsweredContext)
  return { error: fields[name ?? ""] ?? error, typed: values[name ?? ""] }
}
