"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { Notice } from "./notice.tsx"
import { RecoveryCodes, type RecoveryWords } from "./recovery-codes.tsx"

/** The form that makes what opens somebody's mailed payslips; in its place it stands afterwards, this once, or that there was something already. */
export function PayslipPassword({ action, words, next, known, children }: { action: Action<string>; words: RecoveryWords; next: string; known: string; children: ReactNode }) {
  return (
    <ActionForm action={action} label={words.title} done={(password) => (password === "" ? <Notice kind="good" title={known} /> : <RecoveryCodes codes={[password]} words={words} next={next} />)}>
      {children}
    </ActionForm>
  )
}
