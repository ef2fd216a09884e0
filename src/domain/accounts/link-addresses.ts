import type { Transaction } from "#platform/database.ts"
import type { AccountHolder } from "./account-repository.ts"
import { addressesOf } from "./addresses-of.ts"
import { findProvenAddresses } from "./proven-address-repository.ts"

/**
 * Where links to choose a password go. An account for one party: where its holder is mailed anyhow. One for several parties: only where its holder has
 * shown to read, because each employer says the address of its own people, and must not come in to what another sent (record 020).
 */
export async function linkAddressesOf(tx: Transaction, holder: AccountHolder): Promise<string[]> {
  const addresses = addressesOf(holder)
  if (holder.roles < 2) return addresses
  const proven = await findProvenAddresses(tx, holder.id)
  return addresses.filter((one) => proven.has(one.toLowerCase()))
}
