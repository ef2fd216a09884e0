"use client"

import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { Notice } from "./notice.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** What came of it, in sentences. */
export type TestSentences = { isGood: boolean; title: string; steps: string[]; next: string | null; said: string | null }

type Props = { action: Action<TestSentences>; words: Record<"test" | "lead" | "steps" | "goOn", string>; here: string }

/** "Verzend testmail", and in its place step by step what the server said to it. */
export function MailboxTest({ action, words, here }: Props) {
  return (
    <ActionForm action={action} label={words.test} className="stack full" done={(outcome) => <Outcome {...outcome} words={words} here={here} />}>
      <p className="soft">{words.lead}</p>
      <div>
        <SubmitButton look="quiet">{words.test}</SubmitButton>
      </div>
    </ActionForm>
  )
}

function Outcome({ isGood, title, steps, next, said, words, here }: TestSentences & Omit<Props, "action">) {
  return (
    <div className="stack full">
      <Notice kind={isGood ? "good" : "bad"} title={title}>
        {next && <p>{next}</p>}
        {said && <p className="soft">{said}</p>}
      </Notice>
      {steps.length > 0 && (
        <ol aria-label={words.steps}>
          {steps.map((step) => <li key={step}>{step}</li>)}
        </ol>
      )}
      <a href={here}>{words.goOn}</a>
    </div>
  )
}
