import { Conflict, Refusal } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { sendDelivery } from "./stage-delivery.ts"

/** How many of several deliveries go out, and how many were refused: those are still where they were. */
export type SentTogether = { sent: number; refused: number }

/** "Verzend" for several deliveries, each as sendDelivery and by itself: one that may not go does not keep the others back. Conflict "deliveries-none-sent" when none may. */
export async function sendTogether(viewer: Viewer, input: { deliveryIds: readonly string[] }): Promise<SentTogether> {
  const ids = [...new Set(input.deliveryIds)]
  let sent = 0
  for (const deliveryId of ids) {
    try {
      await sendDelivery(viewer, { deliveryId })
      sent += 1
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  if (sent === 0) throw new Conflict("deliveries-none-sent")
  return { sent, refused: ids.length - sent }
}
