import { asSystem } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { askPasswordLink } from "../accounts/ask-password-link.ts"
import { holdParties } from "../accounts/hold-parties.ts"
import { recordEvents } from "../audit/record-event.ts"
import { holdNewestInvitation } from "./invitation-repository.ts"
import { inviteAccounts } from "./invite-accounts.ts"
import { findInvitationByToken } from "./token-repository.ts"
import { standingOf, type InvitationView } from "./view-invitation.ts"

/** What came of it: done, or where the invitation stands instead. */
export type InvitationUsed = { state: "done" } | InvitationView

/** Mails the link to choose a first password to the known addresses, while the invitation stands open; as often as a link may be asked. Uses nothing up. */
export async function askLinkByInvitation(token: string, now: Date): Promise<InvitationUsed> {
  const found = await asSystem("invite", (tx) => findInvitationByToken(tx, hashSecret(token)))
  const view = standingOf(found, now)
  if (!found || view.state !== "open") return view
  await askPasswordLink({ username: found.username }, now)
  return { state: "done" }
}

/**
 * Mails a new invitation, in the place of one that is over in time, to the address that payroll knows now. It begins with the tries that were left. Each can be
 * renewed once: of many at once, or after one another, one mail goes out in four days.
 */
export async function renewInvitation(token: string, now: Date): Promise<InvitationUsed> {
  const tokenHash = hashSecret(token)
  return asSystem("invite", async (tx) => {
    const asked = await findInvitationByToken(tx, tokenHash)
    await holdParties(tx, asked ? [asked.partyId] : [])
    if (asked) await holdNewestInvitation(tx, asked.accountId)
    const found = asked && (await findInvitationByToken(tx, tokenHash))
    const view = standingOf(found, now)
    if (!found || found.email === null || view.state !== "expired") return view
    const { accountId, partyId, kind, email, triesLeft } = found
    await inviteAccounts(tx, [{ accountId, partyId, kind, email, triesLeft }], { accountId: null }, now)
    await recordEvents(tx, [{ chainId: partyId, kind: "invitation.renewed", accountId, partyId, subjectId: partyId }])
    return { state: "done" }
  })
}
