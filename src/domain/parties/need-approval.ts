import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findLiveEngagement, updateNeedsApproval } from "./party-repository.ts"

/** Whether the viewer's office always needs akkoord of a client before "Verzend". NotFound when it is no client of the viewer's. */
export async function viewNeedsApproval(viewer: Viewer, input: { employerId: string }): Promise<boolean> {
  return asViewer(viewer, async (tx) => {
    const engagement = await findLiveEngagement(tx, input.employerId)
    if (engagement?.officeId !== viewer.partyId) throw new NotFound()
    return engagement.needsApproval
  })
}

/** An office says whether it always needs akkoord of a client before "Verzend"; it ends with the engagement. NotFound when it is no client of the viewer's. */
export async function changeNeedsApproval(viewer: Viewer, input: { employerId: string; needsApproval: boolean }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const engagement = await findLiveEngagement(tx, input.employerId)
    if (engagement?.officeId !== viewer.partyId) throw new NotFound()
    assertMayChange(viewer)
    if (!(await updateNeedsApproval(tx, engagement.id, input.needsApproval))) throw new NotFound()
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "approval.needed", subjectId: input.employerId, details: { needed: input.needsApproval } }])
  })
}
