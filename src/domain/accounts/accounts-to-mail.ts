import type { Transaction } from "#platform/database.ts"
import { findAccountsOf } from "./account-repository.ts"

/** An account of each of these parties that may come in; none of those whose access is blocked. */
export async function accountsToMail(tx: Transaction, partyIds: readonly string[]): Promise<Map<string, string>> {
  const accounts = await findAccountsOf(tx, partyIds)
  return new Map([...accounts].flatMap(([partyId, all]) => all.filter((one) => !one.isBlocked).slice(0, 1).map(({ accountId }) => [partyId, accountId] as const)))
}
