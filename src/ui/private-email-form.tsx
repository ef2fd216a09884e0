"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"

type Outcome = "mailed" | "removed" | "same"

/** The form of PrivateEmail, which tells in its place what became of the address. */
export function PrivateEmailForm({ action, label, done, children }: { action: Action<Outcome>; label: string; done: Record<Outcome, ReactNode>; children: ReactNode }) {
  return (
    <ActionForm action={action} label={label} done={(outcome) => done[outcome]}>
      {children}
    </ActionForm>
  )
}
