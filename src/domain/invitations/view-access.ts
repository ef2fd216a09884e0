import { asSystem, asViewer } from "#platform/database.ts"
import { accessState, type AccessState } from "#policy/access-states.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { partiesTakenAway } from "../accounts/end-role.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { partyInSight } from "./change-access.ts"
import { findAccess } from "./invitation-repository.ts"

/** How it stands with the access of a person or client, since when, and what the viewer may do about it. */
export type AccessView = {
  partyId: string
  state: AccessState
  since: Date | null
  /** The address in payroll. */
  email: string | null
  mayChangeEmail: boolean
  /** Somebody was inside, and is to come in again only by an invitation. */
  wasTakenAway: boolean
  may: Record<"invite" | "withdraw" | "block" | "unblock" | "take" | "resetStep", boolean>
}

/** The access of a person or client, as its employer or office sees it. NotFound out of sight; Forbidden for an employee. */
export async function viewAccess(viewer: Viewer, input: { partyId: string }, now: Date): Promise<AccessView> {
  const { partyId, email } = await partyInSight(viewer, input.partyId)
  const { facts, takenAway } = await asSystem("invite", async (tx) => ({ facts: await findAccess(tx, partyId), takenAway: await partiesTakenAway(tx, [partyId]) }))
  const { state, since } = accessState({ ...facts, email }, now)
  const may = mayChange(viewer.rank)
  const isOpen = ["invited", "delivered", "bounced", "expired", "tries-used"].includes(state)
  return {
    ...{ partyId, state, since, email, wasTakenAway: takenAway.has(partyId) },
    mayChangeEmail: may && (await asViewer(viewer, (tx) => runsPayroll(tx, viewer))),
    may: {
      invite: may && email !== null && (isOpen || state === "not-invited" || state === "withdrawn"),
      withdraw: may && isOpen,
      block: may && facts.account !== null && state !== "blocked",
      unblock: may && state === "blocked",
      take: may && facts.account !== null,
      resetStep: may && state === "active",
    },
  }
}
