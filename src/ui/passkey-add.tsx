"use client"

import { unstable_rethrow } from "next/navigation"
import { type ReactNode, type SubmitEvent, useState, useTransition } from "react"
import type { Action } from "#auth/action-door.ts"
import type { ActionState } from "#auth/action-state.ts"
import { AnsweredContext } from "./action-answer.tsx"
import { ErrorSummary } from "./error-summary.tsx"
import { formOf, useHasPasskeys } from "./passkey-button.tsx"
import { makePasskey } from "./passkey-browser.ts"
import { usePageWords } from "./page-words.tsx"
import { RecoveryCodes, type RecoveryWords } from "./recovery-codes.tsx"

type Props = {
  askAction: Action<string>
  addAction: Action<string[]>
  words: { add: string; cancelled: string; cannot: string; recovery: RecoveryWords }
  /** Where to go when the recovery codes were kept, or at once where there are none. */
  next: string
  /** The field for the name. */
  children: ReactNode
}

/** Adds a passkey under a name. A browser that cannot is told so. Recovery codes that come with it are shown once. */
export function PasskeyAdd({ askAction, addAction, words, next, children }: Props) {
  const [answer, setAnswer] = useState<ActionState<string[]>>({ status: "idle" })
  const [isBusy, start] = useTransition()
  const page = usePageWords()
  const can = useHasPasskeys()

  const refuse = (code: string, sentence: string) => setAnswer({ status: "refused", code, sentence, fields: {}, values: {} })
  function add(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const name = String(new FormData(event.currentTarget).get("name") ?? "")
    start(async () => {
      try {
        if (!name.trim()) return setAnswer(await addAction({ status: "idle" }, formOf({ name, token: "" })))
        const asked = await askAction({ status: "idle" }, formOf({ sure: "yes" }))
        if (asked.status !== "done") return asked.status === "refused" ? refuse(asked.code, asked.sentence) : undefined
        const token = await makePasskey(asked.result)
        if (!token) return refuse("cancelled", words.cancelled)
        const added = await addAction({ status: "idle" }, formOf({ name, token }))
        setAnswer(added)
        if (added.status === "done" && added.result.length === 0) location.assign(next)
      } catch (error) {
        unstable_rethrow(error)
        refuse("not-sent", page?.notSent ?? "")
      }
    })
  }

  if (answer.status === "done" && answer.result.length > 0) return <RecoveryCodes codes={answer.result} words={words.recovery} next={next} />
  const refused = answer.status === "refused" ? answer : null
  return (
    <form onSubmit={add} className="form" noValidate>
      {refused && <ErrorSummary sentence={refused.sentence} fields={refused.fields} answer={refused} />}
      <AnsweredContext value={{ fields: refused?.fields ?? {}, values: refused?.values ?? {} }}>{children}</AnsweredContext>
      {can ? (
        <button className="btn primary wide" aria-busy={isBusy || undefined} aria-disabled={isBusy || undefined}>{words.add}</button>
      ) : (
        <p className="soft">{words.cannot}</p>
      )}
    </form>
  )
}
