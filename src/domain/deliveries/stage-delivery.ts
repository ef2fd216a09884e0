import { asViewer } from "#platform/database.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { updateDelivery } from "./delivery-repository.ts"
import { findItems } from "./item-repository.ts"
import { assertMaySend, holdToSend } from "./may-send.ts"
import { holdDelivery } from "./own-delivery.ts"
import { beginSending } from "./release-delivery.ts"
import { findUploads } from "./upload-repository.ts"

/**
 * "Zet klaar": the delivery is complete. Invalid while a file is still being read, a document is parked, or there is nothing in it. Twice is harmless.
 * With `uploadIds` these files and no others: Conflict "idempotency-running" while somebody else is putting them in.
 */
export async function stageDelivery(viewer: Viewer, input: { deliveryId: string; uploadIds?: readonly string[] }, now: Date): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["draft", "staged"])
    if (delivery.state === "staged") return
    const uploads = await findUploads(tx, delivery.id)
    if (input.uploadIds && uploads.map((upload) => upload.id).toSorted().join() !== input.uploadIds.toSorted().join()) throw new Conflict("idempotency-running")
    const items = await findItems(tx, delivery.id)
    if (uploads.some((upload) => upload.state === "received")) throw new Invalid("delivery-still-reading")
    const parked = items.filter((item) => item.parked !== null).length
    if (parked > 0) throw new Invalid("delivery-has-parked", { count: parked })
    if (items.length === 0) throw new Invalid("delivery-empty")
    await updateDelivery(tx, delivery.id, { state: "staged", stagedAt: now })
    await tellWebhooks(tx, { partyIds: [delivery.senderId], kind: "delivery.staged", details: { deliveryId: delivery.id, employerId: delivery.employerId, documents: items.length }, at: now })
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.staged", subjectId: delivery.id, details: { items: items.length } }])
  })
}

/** Opens a staged delivery again for changes. */
export async function unstageDelivery(viewer: Viewer, input: { deliveryId: string }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["draft", "staged"])
    if (delivery.state === "draft") return
    await updateDelivery(tx, delivery.id, { state: "draft", stagedAt: null, failedAt: null })
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.unstaged", subjectId: delivery.id }])
  })
}

/**
 * "Verzend", at once: leaves the job that places every file, in the transaction that marks the delivery as being sent. Twice delivers once. Invalid
 * "delivery-has-red" when the check found something that must be put right first; Conflict when it is not staged, and "approval-needed" where its office
 * always needs akkoord of the employer and this was not given for exactly what is in it. For another moment: planDelivery.
 */
export async function sendDelivery(viewer: Viewer, input: { deliveryId: string }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const delivery = await holdToSend(tx, viewer, input.deliveryId)
    if (!delivery) return
    // What failed on its date goes out late, not on another date than was approved.
    const publishAt = delivery.failedAt ? delivery.publishAt : null
    await assertMaySend(tx, delivery, publishAt)
    await updateDelivery(tx, delivery.id, { state: "staged", decidedAt: null })
    await beginSending(tx, delivery.id, publishAt)
  })
}
