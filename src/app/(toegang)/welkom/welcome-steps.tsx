"use client"

import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { InvitationUsed } from "#domain/invitations/use-invitation.ts"
import type { InvitationView } from "#domain/invitations/view-invitation.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { DefinitionList } from "#ui/definition-list.tsx"
import { useLookedAt } from "../use-looked-at.ts"
import type { LookedAtInvitation } from "./actions.ts"

type Parts = {
  /** While the invitation is looked at. */
  looking: ReactNode
  /** The field for the code, for when it does not come by itself. */
  code: ReactNode
  continue: ReactNode
  inviter: string
  username: string
  ask: ReactNode
  asked: ReactNode
  renew: ReactNode
  renewed: ReactNode
  /** What happened and what to do, where there is nothing to ask here. */
  closed: Record<Exclude<InvitationView["state"], "open" | "expired">, ReactNode>
  expired: Record<"renewable" | "final", ReactNode>
}

type Props = { lookAction: Action<LookedAtInvitation>; askAction: Action<InvitationUsed>; renewAction: Action<InvitationUsed>; parts: Parts }

/**
 * Where an invitation stands, and the one thing that can be asked with it. Its token stands behind the # of the address, which no server sees: it is taken
 * from there, cleared from the address bar and posted. Without a token there is a field for it; without JavaScript that field and the button.
 */
export function WelcomeSteps({ lookAction, parts, ...actions }: Props) {
  const looked = useLookedAt(lookAction)
  const next = ({ token, view }: LookedAtInvitation) => <Next token={token} view={view} parts={parts} {...actions} />
  if (looked === "asking") return <ActionForm action={lookAction} done={next}>{parts.code}{parts.continue}</ActionForm>
  if (looked === "looking") return parts.looking
  if (looked) return next(looked)
  return (
    <noscript>
      <ActionForm action={actions.askAction} done={(used) => (used.state === "done" ? parts.asked : <Standing view={used} parts={parts} />)}>{parts.code}{parts.ask}</ActionForm>
    </noscript>
  )
}

function Next({ token, view, parts, askAction, renewAction }: LookedAtInvitation & Omit<Props, "lookAction">) {
  const hidden = <input type="hidden" name="token" value={token} />
  const standing = <Standing view={view} parts={parts} />
  if (view.state === "open") {
    return (
      <div className="stack full">
        {standing}
        <ActionForm action={askAction} done={(used) => (used.state === "done" ? parts.asked : <Standing view={used} parts={parts} />)}>{hidden}{parts.ask}</ActionForm>
      </div>
    )
  }
  if (view.state !== "expired" || !view.canRenew) return standing
  return (
    <div className="stack full">
      {standing}
      <ActionForm action={renewAction} done={(used) => (used.state === "done" ? parts.renewed : <Standing view={used} parts={parts} />)}>{hidden}{parts.renew}</ActionForm>
    </div>
  )
}

function Standing({ view, parts }: { view: InvitationView; parts: Parts }) {
  if (view.state === "open") return <DefinitionList items={[{ term: parts.inviter, value: view.inviter }, { term: parts.username, value: view.username }]} />
  return view.state === "expired" ? parts.expired[view.canRenew ? "renewable" : "final"] : parts.closed[view.state]
}
