import type { Transaction } from "#platform/database.ts"
import { endPasswordLinks } from "./link-repository.ts"

/** Ends the links of an account that were mailed to choose a password and not used. For who held the account. */
export async function endLinksOf(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await endPasswordLinks(tx, accountId, now)
}
