import { asViewer } from "#platform/database.ts"
import { enqueue } from "#platform/queue.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import type { WithdrawalReason } from "#policy/withdrawal-reasons.ts"
import { recordEvents } from "../audit/record-event.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { findFile } from "./file-repository.ts"
import { withdrawFileRow } from "./recall-repository.ts"

/**
 * "Trek in": whoever received a payroll file has it no more from that moment, and is told so by mail; "ingetrokken" stays. Its sender keeps it, with what
 * each receiver had done with it until then. NotFound for who does not see it, Forbidden for who did not send it. Twice is harmless.
 */
export async function withdrawFile(viewer: Viewer, input: { fileId: string; reason: WithdrawalReason }, now: Date): Promise<void> {
  assertMayChange(viewer)
  await asViewer(viewer, async (tx) => {
    const outcome = await withdrawFileRow(tx, input.fileId, input.reason, now)
    const file = await findFile(tx, input.fileId, viewer.accountId)
    if (outcome === null || !file) throw new NotFound()
    if (outcome === "refused") throw new Forbidden()
    if (outcome === "again") return
    await recordEvents(tx, [{ chainId: file.dossierId, kind: "file.withdrawn", subjectId: file.id, details: { reason: input.reason } }])
    await tellWebhooks(tx, { partyIds: [...new Set([viewer.partyId, file.employerId ?? viewer.partyId])], kind: "file.withdrawn", details: { fileId: file.id, employerId: file.employerId ?? viewer.partyId }, at: now })
    await enqueue(tx, "tell-of-recall", [{ fileId: file.id, what: "file-withdrawn" }])
  })
}
