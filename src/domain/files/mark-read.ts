import type { Transaction } from "#platform/database.ts"
import { insertReads } from "./file-repository.ts"

/** Marks files as read by an account. What was read already stays as it was. */
export async function markRead(tx: Transaction, accountId: string, fileIds: readonly string[], now: Date): Promise<void> {
  await insertReads(tx, fileIds.map((fileId) => ({ accountId, fileId, readAt: now })))
}
