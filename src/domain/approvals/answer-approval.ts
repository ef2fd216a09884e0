import { asViewer, type Transaction } from "#platform/database.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { contentOfDelivery } from "../deliveries/content-of.ts"
import type { DeliveryRow } from "../deliveries/delivery-views.ts"
import { giveBackDelivery } from "../deliveries/lay-delivery.ts"
import { releaseDelivery } from "../deliveries/release-delivery.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { answerRound, findRound, type RoundRow } from "./approval-repository.ts"
import { onDelivery, tellSide, writeEntry } from "./on-delivery.ts"

/**
 * "Akkoord" of the employer with what it saw in one round: the delivery goes out by itself, at once or on its publication date. Twice is harmless, also by two
 * colleagues. NotFound when it was not laid before the viewer; Conflict "approval-closed" when it was refused, taken back or laid again since.
 */
export async function approve(viewer: Viewer, input: { roundId: string; comment: string }, now: Date): Promise<void> {
  await onRound(viewer, input.roundId, "approved", async (tx, delivery, round) => {
    if (!Buffer.from(round.content).equals(await contentOfDelivery(tx, delivery.id))) throw new Conflict("approval-closed")
    await close(tx, viewer, delivery, round, "approved", input.comment, now)
    await tellSide(tx, delivery, "office", "approved", now)
    await releaseDelivery(tx, delivery.id, round.publishAt, now)
  })
}

/** "Niet akkoord", with a reason: the delivery goes back to the office, which is mailed. Invalid without a reason; else as approve. */
export async function refuse(viewer: Viewer, input: { roundId: string; comment: string }, now: Date): Promise<void> {
  await onRound(viewer, input.roundId, "refused", async (tx, delivery, round) => {
    if (input.comment.trim() === "") throw new Invalid("approval-reason-missing", { field: "reason" })
    await close(tx, viewer, delivery, round, "refused", input.comment, now)
    await giveBackDelivery(tx, delivery.id)
    await tellSide(tx, delivery, "office", "refused", now)
  })
}

/** Does something with an open round, with its delivery held: an answer that was given already is left as it is when it is the same, and else refused. */
async function onRound(viewer: Viewer, roundId: string, answer: "approved" | "refused", work: (tx: Transaction, delivery: DeliveryRow, round: RoundRow) => Promise<void>): Promise<void> {
  if (viewer.kind !== "employer") throw new NotFound()
  const known = await asViewer(viewer, (tx) => findRound(tx, roundId))
  if (!known) throw new NotFound()
  await onDelivery(viewer, known.deliveryId, async (tx, delivery) => {
    const round = await findRound(tx, roundId)
    if (round?.answer === answer) return
    if (!round || round.answer !== null || delivery.state !== "reviewing") throw new Conflict("approval-closed")
    await work(tx, delivery, round)
  })
}

async function close(tx: Transaction, viewer: Viewer, { senderId, employerId }: DeliveryRow, round: RoundRow, answer: "approved" | "refused", comment: string, now: Date): Promise<void> {
  await answerRound(tx, round.id, { answer, answeredAt: now })
  await writeEntry(tx, viewer, { roundId: round.id, kind: answer, comment: comment.trim() || null }, now)
  const { accountId, partyId } = viewer
  const kind = answer === "approved" ? ("approval.given" as const) : ("approval.refused" as const)
  await tellWebhooks(tx, { partyIds: [senderId], kind, details: { deliveryId: round.deliveryId, employerId, round: round.number }, at: now })
  await recordEvents(tx, [{ chainId: round.deliveryId, kind, accountId, partyId, subjectId: round.id, details: { round: round.number } }])
}
