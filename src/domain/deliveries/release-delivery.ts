import { asSystem, asSystemOnce, type Transaction } from "#platform/database.ts"
import { enqueue } from "#platform/queue.ts"
import { recordEvents } from "../audit/record-event.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { findDelivery, findDue, updateDelivery } from "./delivery-repository.ts"
import { isApproved } from "./is-approved.ts"
import { findItems } from "./item-repository.ts"

/** Lets a held delivery go: now, or on its publication date, until which receivers have nothing of it. Leaves the job for that in the same transaction. */
export async function releaseDelivery(tx: Transaction, deliveryId: string, publishAt: Date | null, now: Date): Promise<void> {
  if (publishAt && publishAt > now) {
    await updateDelivery(tx, deliveryId, { state: "planned", publishAt, failedAt: null })
    await enqueue(tx, "publish-delivery", [{ deliveryId }], publishAt)
  } else await beginSending(tx, deliveryId, publishAt)
}

/** Marks a held delivery as being sent and leaves the job that places its files. `publishAt` is the date it was to go out on, if there was one. */
export async function beginSending(tx: Transaction, deliveryId: string, publishAt: Date | null): Promise<void> {
  await updateDelivery(tx, deliveryId, { state: "sending", publishAt, failedAt: null })
  await enqueue(tx, "send-delivery", [{ deliveryId }])
}

/**
 * Begins sending a planned delivery whose date has come. Before that date, taken back, or twice: nothing happens. Where its office asks akkoord of this
 * employer by now and it was not given for what is in it, the delivery goes back to staged instead, says that it failed, and waits for that.
 */
export async function publishDelivery(input: { deliveryId: string }, now: Date): Promise<void> {
  await asSystem("deliver", async (tx) => {
    const delivery = await findDelivery(tx, input.deliveryId, true)
    if (delivery?.state !== "planned" || !delivery.publishAt || delivery.publishAt > now) return
    if (await isApproved(tx, delivery, delivery.publishAt, await findItems(tx, delivery.id))) return beginSending(tx, delivery.id, delivery.publishAt)
    await updateDelivery(tx, delivery.id, { state: "staged", failedAt: now })
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.held-back", accountId: null, partyId: delivery.senderId, subjectId: delivery.id }])
    await tellWebhooks(tx, { partyIds: [delivery.senderId], kind: "delivery.failed", details: { deliveryId: delivery.id, employerId: delivery.employerId, reason: "approval-needed" }, at: now })
  })
}

/** Finds every planned delivery whose date has come, whatever became of its job, and begins sending it. */
export async function publishDue(now: Date): Promise<void> {
  for (;;) {
    const due = await findDue(asSystemOnce("deliver"), now, 100)
    for (const deliveryId of due) await publishDelivery({ deliveryId }, now)
    if (due.length < 100) return
  }
}
