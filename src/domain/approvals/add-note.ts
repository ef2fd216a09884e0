import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { countEntries, findLastRound } from "./approval-repository.ts"
import { onDelivery, tellSide, writeEntry } from "./on-delivery.ts"

const mostEntries = 500

/** Says something to the other side about a delivery that was laid before the employer; the other side is mailed that something was said. Invalid when nothing is said, NotFound when it was never laid before anybody. */
export async function addNote(viewer: Viewer, input: { deliveryId: string; comment: string }, now: Date): Promise<void> {
  await onDelivery(viewer, input.deliveryId, async (tx, delivery) => {
    const round = await findLastRound(tx, delivery.id)
    if (!round) throw new NotFound()
    const comment = input.comment.trim()
    if (comment === "") throw new Invalid("approval-note-empty", { field: "comment" })
    if ((await countEntries(tx, delivery.id)) >= mostEntries) throw new Conflict("approval-notes-full")
    await writeEntry(tx, viewer, { roundId: round.id, kind: "note", comment }, now)
    await tellSide(tx, delivery, viewer.kind === "office" ? "employer" : "office", "note", now)
    const { accountId, partyId } = viewer
    await recordEvents(tx, [{ chainId: delivery.id, kind: "approval.noted", accountId, partyId, subjectId: round.id }])
  })
}
