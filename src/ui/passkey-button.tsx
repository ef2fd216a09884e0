"use client"

import { unstable_rethrow } from "next/navigation"
import { useState, useSyncExternalStore, useTransition } from "react"
import type { Action } from "#auth/action-door.ts"
import { Notice } from "./notice.tsx"
import { hasPasskeys, signWithPasskey } from "./passkey-browser.ts"
import { usePageWords } from "./page-words.tsx"

type Props = { askAction: Action<string>; answerAction: Action<never>; words: { label: string; cancelled: string }; fields?: Readonly<Record<string, string>> }

const never = () => () => {}

/** Whether this browser can; false on the server, and until the page came to life. */
export function useHasPasskeys(): boolean {
  return useSyncExternalStore(never, hasPasskeys, () => false)
}

/** A form of one field, as an action takes it. */
export function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

/** Signs in with a passkey, or proves something by it, with these fields sent along; there only where the browser can. What went wrong stands above the button. */
export function PasskeySignIn({ askAction, answerAction, words, fields }: Props) {
  const [trouble, setTrouble] = useState("")
  const [isBusy, start] = useTransition()
  const page = usePageWords()
  const can = useHasPasskeys()
  if (!can) return null

  const signIn = () => start(async () => {
    setTrouble("")
    try {
      const asked = await askAction({ status: "idle" }, formOf({ ask: "passkey" }))
      if (asked.status !== "done") return setTrouble(asked.status === "refused" ? asked.sentence : "")
      const token = await signWithPasskey(asked.result)
      if (!token) return setTrouble(words.cancelled)
      const answer = await answerAction({ status: "idle" }, formOf({ ...fields, token }))
      if (answer.status === "refused") setTrouble(answer.sentence)
    } catch (error) {
      unstable_rethrow(error)
      setTrouble(page?.notSent ?? "")
    }
  })

  return (
    <div className="stack full">
      {trouble && <Notice kind="bad">{trouble}</Notice>}
      <button type="button" className="btn wide" aria-busy={isBusy || undefined} aria-disabled={isBusy || undefined} onClick={() => !isBusy && signIn()}>
        {words.label}
      </button>
    </div>
  )
}
