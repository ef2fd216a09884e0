import { asViewer, type Transaction } from "#platform/database.ts"
import { enqueue } from "#platform/queue.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { keptNote } from "#policy/sender-note.ts"
import type { Viewer } from "#policy/viewer.ts"
import type { WithdrawalReason } from "#policy/withdrawal-reasons.ts"
import { recordEvents } from "../audit/record-event.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { findFile } from "./file-repository.ts"
import { withdrawDeliveryRows, withdrawFileRow } from "./recall-repository.ts"

/** Why something is withdrawn: of the list, and in the sender's words where it likes (keptNote). */
export type WithdrawWhy = { reason: WithdrawalReason; note?: string }

/**
 * "Trek in": whoever received a payroll file has it no more from that moment, and is told so by mail; "ingetrokken" stays. Its sender keeps it, with what
 * each receiver had done with it until then. NotFound for who does not see it, Forbidden for who did not send it, Invalid as keptNote. Twice is harmless.
 */
export async function withdrawFile(viewer: Viewer, input: { fileId: string } & WithdrawWhy, now: Date): Promise<void> {
  assertMayChange(viewer)
  const why = { reason: input.reason, note: keptNote(input.note ?? "") }
  await asViewer(viewer, async (tx) => {
    const outcome = await withdrawFileRow(tx, input.fileId, why, now)
    const file = await findFile(tx, input.fileId, viewer.accountId)
    if (outcome === null || !file) throw new NotFound()
    if (outcome === "refused") throw new Forbidden()
    if (outcome === "again") return
    await recordEvents(tx, [{ chainId: file.dossierId, kind: "file.withdrawn", subjectId: file.id, details: { reason: input.reason } }])
    const employerId = file.employerId ?? viewer.partyId
    await tellWebhooks(tx, { partyIds: [...new Set([viewer.partyId, employerId])], kind: "file.withdrawn", details: [{ fileId: file.id, employerId }], at: now })
    await enqueue(tx, "tell-of-recall", [{ fileId: file.id, what: "file-withdrawn" }])
  })
}

/**
 * Withdraws at once what a sent delivery of the viewer's brought, each as by withdrawFile, and gives how many that were: not what was withdrawn or replaced before.
 * Whoever had any of it is told by one mail. In the transaction of the delivery, that the viewer sees and sent.
 */
export async function withdrawSent(tx: Transaction, viewer: Viewer, { deliveryId, employerId, reason, note }: { deliveryId: string; employerId: string } & WithdrawWhy, now: Date): Promise<number> {
  const files = await withdrawDeliveryRows(tx, deliveryId, { reason, note: keptNote(note ?? "") }, now)
  if (files.length === 0) return 0
  await recordEvents(tx, files.map(({ fileId, dossierId }) => ({ chainId: dossierId, kind: "file.withdrawn", subjectId: fileId, details: { reason } })))
  await tellWebhooks(tx, { partyIds: [...new Set([viewer.partyId, employerId])], kind: "file.withdrawn", details: files.map(({ fileId }) => ({ fileId, employerId })), at: now })
  await enqueue(tx, "tell-of-recall", [{ deliveryId, what: "file-withdrawn" }])
  return files.length
}
