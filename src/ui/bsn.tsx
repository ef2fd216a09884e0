"use client"

import { createContext, type ReactNode, useActionState, useContext, useState } from "react"
import type { Action } from "#auth/action-door.ts"

/** What showing a BSN gives: whose it is, and its nine digits. */
export type ShownBsn = { employeeId: string; bsn: string }

const Shown = createContext<Readonly<Record<string, string>>>({})

/** The one form around all BSNs of a page: each of its buttons asks for one, and showing it is recorded by the action. */
export function BsnForm({ action, children }: { action: Action<ShownBsn>; children: ReactNode }) {
  const [state, post] = useActionState(action, { status: "idle" })
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({})
  const fresh = state.status === "done" ? state.result : undefined
  if (fresh && shown[fresh.employeeId] !== fresh.bsn) setShown({ ...shown, [fresh.employeeId]: fresh.bsn })
  return (
    <form action={post}>
      {state.status === "refused" && (
        <p className="wrong" role="alert">
          {state.sentence}
        </p>
      )}
      <Shown value={fresh ? { ...shown, [fresh.employeeId]: fresh.bsn } : shown}>{children}</Shown>
    </form>
  )
}

/** A masked BSN with a button that shows it; `label` says whose. Must stand inside a BsnForm. */
export function Bsn({ of, show, label }: { of: string; show: string; label: string }) {
  const bsn = useContext(Shown)[of]
  return bsn ? (
    <span role="status">{bsn}</span>
  ) : (
    <span className="nowrap">
      <span aria-hidden="true">•••••••••</span>{" "}
      <button className="plain" name="employeeId" value={of} aria-label={label}>
        {show}
      </button>
    </span>
  )
}
