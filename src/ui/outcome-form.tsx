"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"

type Props<Outcome extends string> = { action: Action<Outcome>; label: string; done: Record<Outcome, ReactNode>; children: ReactNode }

/** A form that tells in its place what came of it, of a few things that may. */
export function OutcomeForm<Outcome extends string>({ action, label, done, children }: Props<Outcome>) {
  return (
    <ActionForm action={action} label={label} done={(outcome) => done[outcome]}>
      {children}
    </ActionForm>
  )
}
