import type { Transaction } from "#platform/database.ts"
import { approvalStands } from "../approvals/approval-stands.ts"
import { findEngagement } from "../parties/find-engagement.ts"
import { contentOf } from "./content-of.ts"
import type { DeliveryRow } from "./delivery-repository.ts"
import type { ItemRow } from "./item-repository.ts"

/** Whether a delivery may go out as far as akkoord goes: its office does not ask it of this employer, or it was given for exactly what is in it and this date. */
export async function isApproved(tx: Transaction, delivery: DeliveryRow, publishAt: Date | null, items: readonly ItemRow[]): Promise<boolean> {
  const engagement = await findEngagement(tx, delivery.employerId)
  if (!engagement?.needsApproval) return true
  return approvalStands(tx, { deliveryId: delivery.id, content: contentOf(items), publishAt })
}
