import type { Transaction } from "#platform/database.ts"
import { lockParties } from "./role-repository.ts"

/**
 * Lets those who change who acts for these parties, or give them a first account, wait for each other until the transaction ends. Comes before an account is
 * held (hold-account.ts). Sessions and roles that name a party may begin meanwhile: they wait for the account.
 */
export async function holdParties(tx: Transaction, partyIds: readonly string[]): Promise<void> {
  if (partyIds.length > 0) await lockParties(tx, partyIds)
}
