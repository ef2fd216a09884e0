import type { Transaction } from "#platform/database.ts"
import { lockParty } from "./role-repository.ts"

/**
 * Lets those who change who acts for a party wait for each other until the transaction ends. Comes before an account is held (hold-account.ts). Sessions and
 * roles that name the party may begin meanwhile: they wait for the account.
 */
export async function holdParty(tx: Transaction, partyId: string): Promise<void> {
  await lockParty(tx, partyId)
}
