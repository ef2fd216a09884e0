"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"

/** Begins to ask consent elsewhere; in its place stands the way there afterwards. */
export function ConsentForm({ action, label, words, children }: { action: Action<string>; label: string; words: { lead: string; goOn: string }; children: ReactNode }) {
  return (
    <ActionForm
      action={action}
      label={label}
      className="inline"
      done={(address) => (
        <div className="stack">
          <p className="soft">{words.lead}</p>
          <a className="btn primary" href={address} rel="noreferrer">
            {words.goOn}
          </a>
        </div>
      )}
    >
      {children}
    </ActionForm>
  )
}
