"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { IdentityCheck, PasswordLinkView } from "#domain/accounts/view-password-link.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { useLookedAt } from "../../use-looked-at.ts"
import type { LookedAt } from "./actions.ts"

type Parts = {
  /** While the link is looked at. */
  looking: ReactNode
  /** The field for the code, for when it does not come by itself. */
  code: ReactNode
  continue: ReactNode
  proof: Record<IdentityCheck | "either", ReactNode>
  username: Record<"free" | "fixed", ReactNode>
  password: ReactNode
  /** For who has an account already, and adds what the link is for to that. */
  linking: ReactNode
  closed: Record<Exclude<PasswordLinkView["state"], "open">, ReactNode>
}

type Props = { lookAction: Action<LookedAt>; chooseAction: Action<never>; keepAction: Action<never>; parts: Parts }

/**
 * The steps of a one-time link. Its token stands behind the # of the address, which no server sees: it is taken from there, cleared
 * from the address bar and posted. Without a token there is a field for it; without JavaScript one form asks everything.
 */
export function LinkSteps({ lookAction, chooseAction, keepAction, parts }: Props) {
  const looked = useLookedAt(lookAction)
  const next = ({ token, view }: LookedAt) => <Next token={token} view={view} chooseAction={chooseAction} keepAction={keepAction} parts={parts} />
  if (looked === "asking") return <ActionForm action={lookAction} done={next}>{parts.code}{parts.continue}</ActionForm>
  if (looked === "looking") return parts.looking
  if (looked) return next(looked)
  return (
    <noscript>
      <ActionForm action={chooseAction}>
        {parts.code}
        <input type="hidden" name="check" value="either" />
        {parts.proof.either}
        {parts.username.free}
        {parts.password}
      </ActionForm>
    </noscript>
  )
}

function Next({ token, view, chooseAction, keepAction, parts }: LookedAt & Omit<Props, "lookAction">) {
  if (view.state !== "open") return parts.closed[view.state]
  return (
    <>
      <ActionForm action={chooseAction} values={{ username: view.username }}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="check" value={view.check} />
        {parts.proof[view.check]}
        {parts.username[view.usernameIsFixed ? "fixed" : "free"]}
        {parts.password}
      </ActionForm>
      {view.check !== "none" && (
        <ActionForm action={keepAction}>
          <input type="hidden" name="token" value={token} />
          {parts.linking}
        </ActionForm>
      )}
    </>
  )
}
