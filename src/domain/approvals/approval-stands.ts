import type { Transaction } from "#platform/database.ts"
import { findLastRound } from "./approval-repository.ts"

/** Whether the last word of the employer is akkoord, for exactly this content and this publication date. */
export async function approvalStands(tx: Transaction, now: { deliveryId: string; content: Uint8Array; publishAt: Date | null }): Promise<boolean> {
  const round = await findLastRound(tx, now.deliveryId)
  if (round?.answer !== "approved") return false
  return Buffer.from(round.content).equals(now.content) && round.publishAt?.getTime() === now.publishAt?.getTime()
}
