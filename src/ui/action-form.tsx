"use client"

import { unstable_rethrow } from "next/navigation"
import { type ReactNode, type SubmitEvent, useActionState, useState, useTransition } from "react"
import type { ActionState } from "#auth/action-state.ts"
import { AnsweredContext } from "./action-answer.tsx"
import { ErrorSummary } from "./error-summary.tsx"
import { usePageWords } from "./page-words.tsx"

type Props<Result> = {
  /** Made by actionFor or publicAction. */
  action: (before: ActionState<Result>, form: FormData) => Promise<ActionState<Result>>
  /** Stands instead of the form when it was done. */
  done?: ReactNode | ((result: Result) => ReactNode)
  /** Stands above the form when it was done, and the form stays. */
  saved?: ReactNode
  /** What stands in its fields from the start, where only the browser knows it. */
  values?: Readonly<Record<string, string>>
  className?: string
  /** Read out as the name of the form, where a page has several. */
  label?: string
  children: ReactNode
}

/**
 * A form of a server action. What is wrong stands on top and beside its field, and what was typed stays, also when it never arrived.
 * Without JavaScript it is a plain form that comes back as a page. A button with a target of its own sends the form there, as in a plain form.
 * The dialog around it closes when it was done, unless something is to be read there.
 */
export function ActionForm<Result>({ action, done, saved, values, className = "form", label, children }: Props<Result>) {
  const [served, post] = useActionState<ActionState<Result>, FormData>(action, { status: "idle" })
  const [answer, setAnswer] = useState<ActionState<Result>>()
  const [, startSending] = useTransition()
  const words = usePageWords()
  const state = answer ?? served

  function send(event: SubmitEvent<HTMLFormElement>) {
    if (event.nativeEvent.submitter?.hasAttribute("formtarget")) return
    event.preventDefault()
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter)
    const dialog = event.currentTarget.closest("dialog")
    startSending(async () => {
      try {
        const told = await action(state, form)
        setAnswer(told)
        if (told.status === "done" && !done && !saved) closeDialog(dialog)
      } catch (error) {
        unstable_rethrow(error)
        setAnswer({ status: "refused", code: "not-sent", sentence: words?.notSent ?? "", fields: {}, values: {} })
      }
    })
  }

  if (state.status === "done" && done) return typeof done === "function" ? done(state.result) : done
  return (
    <form action={post} onSubmit={send} className={className} aria-label={label} noValidate>
      {state.status === "refused" && <ErrorSummary sentence={state.sentence} fields={state.fields} answer={state} />}
      {state.status === "done" && saved}
      <AnsweredContext value={state.status === "refused" ? { fields: state.fields, values: { ...values, ...state.values } } : { fields: {}, values: values ?? {} }}>{children}</AnsweredContext>
    </form>
  )
}

function closeDialog(dialog: HTMLDialogElement | null): void {
  if (dialog?.matches(":popover-open")) dialog.hidePopover()
  else dialog?.close()
}
