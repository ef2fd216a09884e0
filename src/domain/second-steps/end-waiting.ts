import type { Transaction } from "#platform/database.ts"
import { deletePendingOf } from "./pending-repository.ts"

/** Ends what waits for the second step of an account: the password behind it is another now, or its holder signed out everywhere. */
export async function endWaiting(tx: Transaction, accountId: string): Promise<void> {
  await deletePendingOf(tx, accountId)
}
