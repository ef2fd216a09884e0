"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { RecoveryCodes, type RecoveryWords } from "./recovery-codes.tsx"

/** The form that makes a key; in its place the key stands afterwards, this once. */
export function KeyForm({ action, label, words, next, children }: { action: Action<string>; label: string; words: RecoveryWords; next: string; children: ReactNode }) {
  return (
    <ActionForm action={action} label={label} done={(secret) => <RecoveryCodes codes={[secret]} words={words} next={next} />}>
      {children}
    </ActionForm>
  )
}
