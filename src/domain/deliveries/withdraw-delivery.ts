import { asViewer, type Transaction } from "#platform/database.ts"
import { Conflict, Forbidden, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { recallOfDelivery, type SentDocuments } from "../files/recall-of-delivery.ts"
import { withdrawSent, type WithdrawWhy } from "../files/withdraw-file.ts"
import { findDelivery, type DeliveryRow } from "./delivery-repository.ts"
import { isOwn } from "./own-delivery.ts"

/** `withdrawnAt`: when the whole was withdrawn; null while that was not done. */
export type DeliveryRecall = SentDocuments & { deliveryId: string; withdrawnAt: Date | null; mayWithdraw: boolean }

/**
 * "Trek hele zending in": whoever received something of a sent delivery has it no more, as far as it was not withdrawn or replaced before; in one transaction. Returns how many documents
 * that were. Twice is harmless: then none. NotFound when it is not the viewer's; Forbidden for who may only read; Conflict "delivery-not-sent"; Invalid as keptNote.
 */
export async function withdrawDelivery(viewer: Viewer, input: { deliveryId: string } & WithdrawWhy, now: Date): Promise<number> {
  assertMayChange(viewer)
  return asViewer(viewer, async (tx) => {
    const { id: deliveryId, employerId } = await sentDelivery(tx, viewer, input.deliveryId)
    const documents = await withdrawSent(tx, viewer, { ...input, deliveryId, employerId }, now)
    if (documents > 0) await recordEvents(tx, [{ chainId: deliveryId, kind: "delivery.withdrawn", subjectId: deliveryId, details: { files: documents, reason: input.reason } }])
    return documents
  })
}

/** What withdrawing a whole delivery would come down to, or what it did. NotFound when it is not the viewer's; Conflict "delivery-not-sent". */
export async function viewDeliveryRecall(viewer: Viewer, input: { deliveryId: string }): Promise<DeliveryRecall> {
  return asViewer(viewer, async (tx) => {
    const { id: deliveryId, withdrawnAt } = await sentDelivery(tx, viewer, input.deliveryId)
    const documents = await recallOfDelivery(tx, deliveryId)
    return { ...documents, deliveryId, withdrawnAt, mayWithdraw: mayChange(viewer.rank) && documents.current > 0 }
  })
}

async function sentDelivery(tx: Transaction, viewer: Viewer, id: string): Promise<DeliveryRow> {
  if (viewer.kind === "employee") throw new Forbidden()
  const delivery = await findDelivery(tx, id)
  if (!delivery || !isOwn(viewer, delivery)) throw new NotFound()
  if (delivery.state !== "sent") throw new Conflict("delivery-not-sent")
  return delivery
}
