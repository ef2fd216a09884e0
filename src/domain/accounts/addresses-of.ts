import type { Transaction } from "#platform/database.ts"
import { findAccountHolder, type AccountHolder } from "./account-repository.ts"

/**
 * Where the holder of an account is mailed about getting in: the contact e-mail that payroll last sent and the private one if there is one; who works for
 * a party at the address its owner gave. Each address once, however its capitals were typed.
 */
export function addressesOf(holder: Pick<AccountHolder, "email" | "parties">): string[] {
  const ofParties = holder.parties.flatMap((party) => [party.contactEmail, party.privateEmail])
  const all = (holder.email === null ? ofParties : [holder.email]).filter((one) => one !== null)
  return [...new Map(all.map((one) => [one.toLowerCase(), one])).values()]
}

/** The same, by the account. */
export async function addressesOfAccount(tx: Transaction, accountId: string): Promise<string[]> {
  const holder = await findAccountHolder(tx, { id: accountId })
  return holder ? addressesOf(holder) : []
}
