import { forPage } from "#auth/page-door.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { now } from "#platform/clock.ts"
import type { Viewer } from "#policy/viewer.ts"
import { AccessSection } from "#ui/access-section.tsx"
import { blockAccessAction, changeContactEmailAction, inviteAction, unblockAccessAction, withdrawInvitationAction } from "./access-actions.ts"

/** The access of a person or client, the same in every cabinet. */
export async function Access({ viewer, partyId, name }: { viewer: Viewer; partyId: string; name: string }) {
  const access = await forPage(viewAccess(viewer, { partyId }, now()))
  return <AccessSection access={access} name={name} actions={{ invite: inviteAction, withdraw: withdrawInvitationAction, block: blockAccessAction, unblock: unblockAccessAction }} changeEmailAction={changeContactEmailAction} />
}
