import type { Transaction } from "#platform/database.ts"
import { deleteTexts } from "./text-repository.ts"

/** Removes what search keeps of these files, where their contents go but their rows stay. A file that is deleted takes its text along by itself. */
export async function forgetText(tx: Transaction, fileIds: readonly string[]): Promise<void> {
  await deleteTexts(tx, fileIds)
}
