import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { blindIndex } from "#platform/secrets.ts"
import { deleteCluesOfOthers, findCluesOfOthers, findLearntClues, insertLearntClues } from "./clue-repository.ts"
import type { ItemRow } from "./item-repository.ts"

/** What is kept of a value on a page: a keyed hash, another one at every employer. */
export function clueOf(employerId: string, told: string): string {
  return Buffer.from(blindIndex("learnt-clue", JSON.stringify([employerId, told]))).toString("base64url")
}

/** Tells of a value whom somebody said by hand that it is of, at this employer. */
export async function learntOf(tx: Transaction, employerId: string): Promise<(told: string) => string | null> {
  const known = new Map((await findLearntClues(tx, employerId)).map(({ clue, employeeId }) => [clue, employeeId]))
  return (told) => known.get(clueOf(employerId, told)) ?? null
}

/**
 * Remembers for next month that what stands on this document is of this person. A value that was learnt to be somebody else's is forgotten, and only learnt
 * anew when it is that very document that is put right; one that stands on another's document of the same delivery is of nobody.
 */
export async function learnClues(tx: Transaction, { employerId, item, employeeId }: { employerId: string; item: ItemRow; employeeId: string | null }): Promise<void> {
  if (item.clues.length === 0) return
  const forgotten = await deleteCluesOfOthers(tx, employerId, item.clues, employeeId)
  if (!employeeId) return
  const contradicted = forgotten.filter((one) => one.employeeId !== item.employeeId).map(({ clue }) => clue)
  const ofOthers = new Set([...contradicted, ...(await findCluesOfOthers(tx, item.deliveryId, item.clues, employeeId))])
  await insertLearntClues(tx, item.clues.filter((clue) => !ofOthers.has(clue)).map((clue) => ({ id: newId(), employerId, clue, employeeId })))
}
