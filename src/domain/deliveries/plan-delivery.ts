import { asViewer } from "#platform/database.ts"
import { Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { approvalStands } from "../approvals/approval-stands.ts"
import { recordEvents } from "../audit/record-event.ts"
import { contentOfDelivery } from "./content-of.ts"
import { updateDelivery } from "./delivery-repository.ts"
import { assertMaySend, holdToSend } from "./may-send.ts"
import { holdDelivery } from "./own-delivery.ts"
import { readPublishAt } from "./publish-at.ts"
import { releaseDelivery } from "./release-delivery.ts"

/** "Verzend" on a day and time, in Dutch time as it was typed; else as sendDelivery. Until then nothing of it is anywhere. Invalid for a moment that cannot be, see readPublishAt. */
export async function planDelivery(viewer: Viewer, input: { deliveryId: string; publishAt: string }, now: Date): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const publishAt = readPublishAt(input.publishAt, now, "publishAt")
    if (!publishAt) throw new Invalid("publish-no-date", { field: "publishAt" })
    const delivery = await holdToSend(tx, viewer, input.deliveryId)
    if (!delivery) return
    await assertMaySend(tx, delivery, publishAt)
    await updateDelivery(tx, delivery.id, { state: "staged", decidedAt: now })
    await releaseDelivery(tx, delivery.id, publishAt, now)
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.planned", subjectId: delivery.id, details: { publishAt: publishAt.toISOString() } }])
  })
}

/**
 * Gives a planned delivery another publication date. When the employer gave akkoord for the date of before, the delivery goes back to staged with
 * the new one, and akkoord is asked anew. Conflict when it is not planned any more; the same date again is harmless.
 */
export async function changePublication(viewer: Viewer, input: { deliveryId: string; publishAt: string }, now: Date): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const publishAt = readPublishAt(input.publishAt, now, "publishAt")
    if (!publishAt) throw new Invalid("publish-no-date", { field: "publishAt" })
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["planned"])
    if (delivery.publishAt?.getTime() === publishAt.getTime()) return
    const content = await contentOfDelivery(tx, delivery.id)
    if (await approvalStands(tx, { deliveryId: delivery.id, content, publishAt: delivery.publishAt })) await updateDelivery(tx, delivery.id, { state: "staged", publishAt })
    else await releaseDelivery(tx, delivery.id, publishAt, now)
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.replanned", subjectId: delivery.id, details: { publishAt: publishAt.toISOString() } }])
  })
}

/** Takes a planned delivery back before its date: staged again. Twice is harmless; Conflict when it is being sent or was sent. */
export async function takeBackDelivery(viewer: Viewer, input: { deliveryId: string }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["planned", "staged"])
    if (delivery.state === "staged") return
    await updateDelivery(tx, delivery.id, { state: "staged" })
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.taken-back", subjectId: delivery.id }])
  })
}
