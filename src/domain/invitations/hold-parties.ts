import type { Transaction } from "#platform/database.ts"
import { holdAudiences } from "./invitation-repository.ts"

/** Lets those who give these parties a first account wait for each other, until the transaction ends: of two at once, one does it. */
export async function holdParties(tx: Transaction, partyIds: readonly string[]): Promise<void> {
  if (partyIds.length > 0) await holdAudiences(tx, partyIds)
}
