import type { Transaction } from "#platform/database.ts"
import { findKeyName } from "./api-key-repository.ts"

/** What its owner called a key; null for what is no key. As the system. */
export async function nameOfKey(tx: Transaction, keyId: string): Promise<string | null> {
  return findKeyName(tx, keyId)
}
