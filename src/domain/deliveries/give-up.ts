import { asSystem } from "#platform/database.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { findDelivery, updateDelivery } from "./delivery-repository.ts"
import { findUpload, updateUpload } from "./upload-repository.ts"

/** Refuses a file that reading failed on at every try, through no fault of its own: otherwise its delivery would wait for it for ever. */
export async function giveUpReading(input: { uploadId: string }): Promise<void> {
  await asSystem("read-upload", async (tx) => {
    const upload = await findUpload(tx, input.uploadId)
    if (!upload) return
    await findDelivery(tx, upload.deliveryId, true)
    await updateUpload(tx, upload.id, { state: "refused", refusal: "reading-failed" })
  })
}

/** Puts a delivery that could not be placed at any try back to staged, so that it can be sent again, and notes that it failed. */
export async function giveUpSending(input: { deliveryId: string }, now: Date): Promise<void> {
  await asSystem("deliver", async (tx) => {
    const delivery = await findDelivery(tx, input.deliveryId, true)
    if (delivery?.state !== "sending") return
    await updateDelivery(tx, delivery.id, { state: "staged", failedAt: now })
    await tellWebhooks(tx, { partyIds: [delivery.senderId], kind: "delivery.failed", details: { deliveryId: delivery.id, employerId: delivery.employerId }, at: now })
  })
}
