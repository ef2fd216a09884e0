import { asViewer, readAsViewer } from "#platform/database.ts"
import type { AccessState } from "#policy/access-states.ts"
import { reasonOfFailure, type MailReason } from "#policy/mail-reasons.ts"
import { NotFound } from "#policy/errors.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { partyInSight } from "./change-access.ts"
import { findAccess } from "./invitation-repository.ts"

/** How it stands with the access of a person or client, since when, and what the viewer may do about it. */
export type AccessView = {
  partyId: string
  kind: "employer" | "employee"
  state: AccessState
  since: Date | null
  /** Why mail to the address in payroll does not arrive; null where it does, as far as is known. */
  trouble: MailReason | null
  /** The address in payroll. */
  email: string | null
  mayChangeEmail: boolean
  may: Record<"invite" | "withdraw" | "block" | "unblock" | "take" | "resetStep" | "tryAgain", boolean>
}

const invitable: readonly AccessState[] = ["not-invited", "invited", "delivered", "bounced", "expired", "tries-used", "withdrawn", "taken-away"]

/** The access of a person or client, as its employer or office sees it. NotFound out of sight; Forbidden for an employee. */
export async function viewAccess(viewer: Viewer, input: { partyId: string }, now: Date): Promise<AccessView> {
  const { partyId, kind, email } = await partyInSight(viewer, input.partyId)
  const found = await readAsViewer(viewer, (reader) => findAccess(reader, partyId, now))
  if (!found) throw new NotFound()
  const { state, since, access, trouble } = found
  const may = mayChange(viewer.rank)
  const hasAccount = access !== "none" && access !== "taken"
  return {
    ...{ partyId, kind, state, since, email, trouble: reasonOfFailure(trouble) },
    mayChangeEmail: may && (await asViewer(viewer, (tx) => runsPayroll(tx, viewer))),
    may: {
      invite: may && email !== null && trouble === null && access !== "active" && invitable.includes(state),
      withdraw: may && ["invited", "delivered", "bounced", "tries-used"].includes(access),
      block: may && hasAccount && state !== "blocked",
      unblock: may && state === "blocked",
      take: may && hasAccount,
      resetStep: may && access === "active",
      tryAgain: may && email !== null && trouble !== null,
    },
  }
}
