import type { Transaction } from "#platform/database.ts"
import { holdEmployer } from "./import-repository.ts"

/** Lets what changes many of an employer's people at once wait for an import of them, and the other way round. */
export async function holdPeopleOf(tx: Transaction, employerId: string): Promise<void> {
  await holdEmployer(tx, employerId)
}
