import type { Transaction } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { findDelivery } from "./delivery-repository.ts"

/** Refuses a delivery that this transaction does not see: NotFound. */
export async function assertInSight(tx: Transaction, deliveryId: string): Promise<void> {
  if (!(await findDelivery(tx, deliveryId))) throw new NotFound()
}
