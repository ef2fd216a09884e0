import type { Transaction } from "#platform/database.ts"
import { Conflict, Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDelivery, type DeliveryRow, type DeliveryState } from "./delivery-repository.ts"
import { findItem, type ItemRow } from "./item-repository.ts"

/** A delivery of the viewer's, held until the transaction ends. NotFound when out of sight; Conflict when it is past the states in which this may be done. */
export async function holdDelivery(tx: Transaction, viewer: Viewer, deliveryId: string, states: readonly DeliveryState[]): Promise<DeliveryRow> {
  if (viewer.kind === "employee") throw new Forbidden()
  const delivery = await findDelivery(tx, deliveryId, true)
  if (!delivery || !isOwn(viewer, delivery)) throw new NotFound()
  if (!states.includes(delivery.state)) throw new Conflict(`delivery-${delivery.state}`)
  return delivery
}

/** Whether the viewer's party made a delivery; else it only sees that it was laid before it. */
export function isOwn(viewer: Viewer, delivery: Pick<DeliveryRow, "senderId">): boolean {
  return delivery.senderId === viewer.partyId
}

/** A document with its delivery, held as by holdDelivery and read after that: what somebody else changed just before is in it. */
export async function holdItem(tx: Transaction, viewer: Viewer, itemId: string, states: readonly DeliveryState[]): Promise<{ item: ItemRow; delivery: DeliveryRow }> {
  const known = await findItem(tx, itemId)
  if (!known) throw new NotFound()
  const delivery = await holdDelivery(tx, viewer, known.deliveryId, states)
  const item = await findItem(tx, itemId)
  if (!item) throw new NotFound()
  return { item, delivery }
}
