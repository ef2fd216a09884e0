import type { Transaction } from "#platform/database.ts"
import { findAccountName } from "./role-repository.ts"

/** The name of who holds an account, where that is somebody who works for a party; null for the account of a party itself. As the system. */
export async function nameOfHolder(tx: Transaction, accountId: string): Promise<string | null> {
  return findAccountName(tx, accountId)
}
