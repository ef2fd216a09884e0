import type { Transaction } from "#platform/database.ts"
import { findItemKeys } from "./item-repository.ts"
import { findUploadKeys } from "./upload-repository.ts"

/** Which of these storage keys a delivery still names. */
export async function keysInDeliveries(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  return [...(await findItemKeys(tx, keys)), ...(await findUploadKeys(tx, keys))]
}
