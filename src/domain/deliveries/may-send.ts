import type { Transaction } from "#platform/database.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { checkItems } from "./check-items.ts"
import { findDelivery, type DeliveryRow } from "./delivery-repository.ts"
import { isApproved } from "./is-approved.ts"
import { findItems, type ItemRow } from "./item-repository.ts"
import { holdDelivery, isOwn } from "./own-delivery.ts"

/** A staged delivery of the viewer's, held; null when it is on its way already: sending twice is harmless. NotFound and Conflict as holdDelivery. */
export async function holdToSend(tx: Transaction, viewer: Viewer, deliveryId: string): Promise<DeliveryRow | null> {
  const known = await findDelivery(tx, deliveryId)
  if (!known || !isOwn(viewer, known)) throw new NotFound()
  if (known.state === "sending" || known.state === "sent") return null
  const delivery = await holdDelivery(tx, viewer, deliveryId, ["staged", "planned", "sending", "sent"])
  return delivery.state === "staged" ? delivery : null
}

/** Refuses a delivery with nothing in it, or with something red: Conflict "delivery-empty", Invalid "delivery-has-red". */
export async function assertSound(tx: Transaction, delivery: DeliveryRow, items: readonly ItemRow[]): Promise<void> {
  const red = (await checkItems(tx, delivery, items)).filter((check) => check.level === "red").length
  if (red > 0) throw new Invalid("delivery-has-red", { count: red })
  if (items.length === 0) throw new Conflict("delivery-empty")
}

/** As assertSound, and refuses where the office always needs akkoord and this was not given for exactly what is in it and this date: Conflict "approval-needed". */
export async function assertMaySend(tx: Transaction, delivery: DeliveryRow, publishAt: Date | null): Promise<void> {
  const items = await findItems(tx, delivery.id)
  await assertSound(tx, delivery, items)
  if (!(await isApproved(tx, delivery, publishAt, items))) throw new Conflict("approval-needed")
}
