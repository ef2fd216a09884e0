import { forPage } from "#auth/page-door.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { now } from "#platform/clock.ts"
import type { Viewer } from "#policy/viewer.ts"
import { AccessSection } from "#ui/access-section.tsx"
import { blockAccessAction, changeContactEmailAction, inviteAction, resetSecondStepAction, takeAccessAction, tryAddressAgainAction, unblockAccessAction, withdrawInvitationAction } from "./access-actions.ts"

/** The access of a person or client, the same in every cabinet. */
export async function Access({ viewer, partyId, name, here }: { viewer: Viewer; partyId: string; name: string; here: string }) {
  const access = await forPage(viewAccess(viewer, { partyId }, now()))
  const actions = { invite: inviteAction, withdraw: withdrawInvitationAction, block: blockAccessAction, unblock: unblockAccessAction, take: takeAccessAction, resetStep: resetSecondStepAction, tryAgain: tryAddressAgainAction }
  return <AccessSection access={access} name={name} here={here} actions={actions} changeEmailAction={changeContactEmailAction} />
}
