"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { RecoveryCodes, type RecoveryWords } from "./recovery-codes.tsx"

/** A form that is answered with recovery codes. */
export function RecoveryForm({ action, words, next, label, children }: { action: Action<string[]>; words: RecoveryWords; next: string; label?: string; children: ReactNode }) {
  return (
    <ActionForm action={action} label={label} done={(codes) => <RecoveryCodes codes={codes} words={words} next={next} />}>
      {children}
    </ActionForm>
  )
}
