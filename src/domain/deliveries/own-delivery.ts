import type { Transaction } from "#platform/database.ts"
import { Conflict, Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDelivery, type DeliveryRow, type DeliveryState } from "./delivery-repository.ts"

/** A delivery of the viewer's, held until the transaction ends. NotFound when out of sight; Conflict when it is past the states in which this may be done. */
export async function holdDelivery(tx: Transaction, viewer: Viewer, deliveryId: string, states: readonly DeliveryState[]): Promise<DeliveryRow> {
  if (viewer.kind === "employee") throw new Forbidden()
  const delivery = await findDelivery(tx, deliveryId, true)
  if (!delivery) throw new NotFound()
  if (!states.includes(delivery.state)) throw new Conflict(`delivery-${delivery.state}`)
  return delivery
}
