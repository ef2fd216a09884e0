import type { Transaction } from "#platform/database.ts"
import { findStorageKeys } from "./file-repository.ts"

/** Which of these storage keys a file in a dossier names. */
export async function keysInDossiers(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  return findStorageKeys(tx, keys)
}
