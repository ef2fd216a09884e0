import { newId } from "#platform/ids.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { giveBackDelivery, layDelivery } from "../deliveries/lay-delivery.ts"
import { readPublishAt } from "../deliveries/publish-at.ts"
import { answerRound, findLastRound, insertRound } from "./approval-repository.ts"
import { onDelivery, tellSide, writeEntry } from "./on-delivery.ts"

/** `publishAt` is a day and time in Dutch time as it was typed, or null for at once after akkoord. */
export type LayBeforeInput = { deliveryId: string; comment: string; publishAt: string | null }

/**
 * "Leg voor aan werkgever": from now on those of the employer who may answer see what is in a staged delivery, and are mailed. Twice is harmless.
 * Invalid when something is red or the date cannot be; Conflict when it is not staged, and "approval-nobody" when nobody there can be asked yet.
 */
export async function layBefore(viewer: Viewer, input: LayBeforeInput, now: Date): Promise<void> {
  if (viewer.kind !== "office") throw new NotFound()
  await onDelivery(viewer, input.deliveryId, async (tx, delivery) => {
    if (delivery.state === "reviewing") return
    const publishAt = readPublishAt(input.publishAt, now, "visibleFrom")
    const content = await layDelivery(tx, delivery, publishAt, now)
    const before = await findLastRound(tx, delivery.id)
    const { id: deliveryId, employerId, audienceId } = delivery
    const round = { id: newId(), deliveryId, employerId, audienceId, number: (before?.number ?? 0) + 1, content, publishAt, laidAt: now }
    await insertRound(tx, round)
    await writeEntry(tx, viewer, { roundId: round.id, kind: "laid", comment: input.comment.trim() || null }, now)
    if ((await tellSide(tx, delivery, "employer", "asked", now)) === 0) throw new Conflict("approval-nobody")
    const { accountId, partyId } = viewer
    await recordEvents(tx, [{ chainId: deliveryId, kind: "approval.asked", accountId, partyId, subjectId: round.id, details: { round: round.number } }])
  })
}

/** The office takes back what it laid before its client, before the answer: staged again. Twice is harmless; Conflict when it was answered and went on. */
export async function withdrawApproval(viewer: Viewer, input: { deliveryId: string }, now: Date): Promise<void> {
  if (viewer.kind !== "office") throw new NotFound()
  await onDelivery(viewer, input.deliveryId, async (tx, delivery) => {
    const round = await findLastRound(tx, delivery.id)
    if (delivery.state === "staged") return
    if (delivery.state !== "reviewing" || round?.answer !== null) throw new Conflict(`delivery-${delivery.state}`)
    await answerRound(tx, round.id, { answer: "withdrawn", answeredAt: now })
    await writeEntry(tx, viewer, { roundId: round.id, kind: "withdrawn", comment: null }, now)
    await giveBackDelivery(tx, delivery.id)
    const { accountId, partyId } = viewer
    await recordEvents(tx, [{ chainId: delivery.id, kind: "approval.withdrawn", accountId, partyId, subjectId: round.id }])
  })
}
