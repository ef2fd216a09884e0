import { asViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { closeDeliveries } from "../deliveries/close-deliveries.ts"
import { endBackups } from "../package-backups/end-backups.ts"
import { changeOffice } from "../parties/change-office.ts"
import { note, onOpenMove } from "./ask-office.ts"
import { findOpenMoves, updateMove } from "./move-repository.ts"

/** An employer that asks the viewer's office to take it over. */
export type AskingEmployer = { id: string; employerName: string; askedAt: Date }

/** Who asks the viewer's office to take it over, oldest first. Forbidden for anybody but an office. */
export async function listAskingEmployers(viewer: Viewer): Promise<AskingEmployer[]> {
  if (viewer.kind !== "office") throw new Forbidden()
  const moves = await asViewer(viewer, findOpenMoves)
  return moves.flatMap(({ id, employerName, askedAt }) => (askedAt ? [{ id, employerName, askedAt }] : []))
}

/**
 * The office takes the employer over. In one transaction, at one moment: the engagement with the former office ends, and with it all that office saw;
 * what was not sent yet, by that office or by the employer itself, is closed; its back-ups begin to end; the new engagement begins. The employer keeps everything.
 */
export async function acceptEmployer(viewer: Viewer, input: { moveId: string }, now: Date): Promise<void> {
  await onOpenMove(viewer, "office", input.moveId, async (tx, move) => {
    const { formerOfficeId, formerAudienceId } = await changeOffice(tx, move, now)
    await closeDeliveries(tx, { employerId: move.employerId, audienceId: formerAudienceId, accountId: viewer.accountId, partyId: viewer.partyId })
    if (formerOfficeId) await endBackups(tx, { audienceId: formerAudienceId, officeId: formerOfficeId, employerId: move.employerId }, now)
    await updateMove(tx, move.id, { acceptedAt: now })
    await note(tx, viewer, move, "office-move.accepted", [move.employerId, move.officeId, ...(formerOfficeId ? [formerOfficeId] : [])])
  })
}
