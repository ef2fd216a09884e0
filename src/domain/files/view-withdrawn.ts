import { readAsViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { withdrawalReason, type WithdrawalReason } from "#policy/withdrawal-reasons.ts"
import { findNewest, findWithdrawal, type WithdrawalRow } from "./recall-repository.ts"

/** What is left of a withdrawn file for who had it. `ownerId`: whose dossier it was in, where the viewer sees that. `newer`: the document of that kind and period that came after it, where the viewer sees one. */
export type WithdrawnFile = Pick<WithdrawalRow, "fileId" | "kind" | "year" | "period" | "periodKind" | "name" | "senderName" | "note" | "withdrawnAt"> & { ownerId: string | null; reason: WithdrawalReason; newer: { id: string; createdAt: Date } | null }

/** What an old address of a withdrawn file leads to: what it was, when it was withdrawn, by whom and why. NotFound for who did not have it, and for its sender, who sees the file itself. */
export async function viewWithdrawn(viewer: Viewer, { fileId }: { fileId: string }): Promise<WithdrawnFile> {
  return readAsViewer(viewer, async (reader) => {
    const [row, newer] = await Promise.all([findWithdrawal(reader, fileId), findNewest(reader, fileId)])
    if (!row || row.isSent) throw new NotFound()
    const { ownerId, kind, year, period, periodKind, name, senderName, note, withdrawnAt } = row
    return { fileId, ownerId, kind, year, period, periodKind, name, senderName, note, withdrawnAt, reason: withdrawalReason(row.reason), newer }
  })
}
