import type { Transaction } from "#platform/database.ts"
import { lockAccount } from "./account-repository.ts"

/**
 * Lets those who change the ways in of one account, and those who go in by them, wait for each other until the transaction ends: two at once could else take
 * the last way away, and whoever comes in while all sessions are ended would stay, and of many who ask a link at once each would count none of the others. Comes before anything else of the account is held.
 */
export async function holdAccount(tx: Transaction, accountId: string): Promise<void> {
  await lockAccount(tx, accountId)
}
