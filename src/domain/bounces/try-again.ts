import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { forParty } from "../invitations/change-access.ts"
import { moveInvitation } from "../invitations/move-invitation.ts"
import { openAddress } from "./dead-address.ts"

/**
 * Lets mail go again to the address in payroll of a person or client, where it did not arrive; who was invited and has no password yet is invited anew. False
 * where mail goes there already, and then nothing is done. NotFound out of sight; Forbidden for an employee or a reader.
 */
export async function tryAddressAgain(viewer: Viewer, input: { partyId: string }, now: Date): Promise<boolean> {
  return forParty(viewer, input.partyId, async (tx, { partyId, kind, email }) => {
    if (email === null || !(await openAddress(tx, email, now))) return false
    const by = { accountId: viewer.accountId, partyId: viewer.partyId }
    await recordEvents(tx, [{ chainId: partyId, kind: "mail.tried-again", ...by, subjectId: partyId }])
    await moveInvitation(tx, { partyId, kind, email }, by, now)
    return true
  })
}
