import type { Transaction } from "#platform/database.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findEngagement } from "../parties/find-engagement.ts"
import { contentOf } from "./content-of.ts"
import { findDelivery, updateDelivery, type DeliveryRow } from "./delivery-repository.ts"
import { findItems } from "./item-repository.ts"
import { assertSound } from "./may-send.ts"

/**
 * A delivery that an office and its client talk about, held until the transaction ends, as the system. NotFound for anybody but those two, and for both
 * when the office does not work for that client any more; so for a delivery of an employer that has no office.
 */
export async function holdShared(tx: Transaction, viewer: Viewer, deliveryId: string): Promise<DeliveryRow> {
  const delivery = await findDelivery(tx, deliveryId, true)
  if (!delivery || (delivery.senderId !== viewer.partyId && delivery.employerId !== viewer.partyId)) throw new NotFound()
  const engagement = await findEngagement(tx, delivery.employerId)
  if (engagement?.id !== delivery.audienceId) throw new NotFound()
  return delivery
}

/** Lays a held, staged delivery before its employer, and tells what is in it. Refuses what may not be sent either. */
export async function layDelivery(tx: Transaction, delivery: DeliveryRow, publishAt: Date | null, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  if (delivery.state !== "staged") throw new Conflict(`delivery-${delivery.state}`)
  const items = await findItems(tx, delivery.id)
  await assertSound(tx, delivery, items)
  await updateDelivery(tx, delivery.id, { state: "reviewing", publishAt, failedAt: null, decidedAt: now })
  return contentOf(items)
}

/** Gives a held delivery that lies before its employer back to the office: staged again. */
export async function giveBackDelivery(tx: Transaction, deliveryId: string): Promise<void> {
  await updateDelivery(tx, deliveryId, { state: "staged" })
}

/** A delivery that still lies before its employer, held until the transaction ends; else null. As the system. */
export async function findToRemind(tx: Transaction, deliveryId: string): Promise<DeliveryRow | null> {
  const delivery = await findDelivery(tx, deliveryId, true)
  return delivery?.state === "reviewing" ? delivery : null
}
