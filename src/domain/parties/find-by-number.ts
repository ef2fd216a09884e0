import type { Transaction } from "#platform/database.ts"
import { findEmployeeIdsByNumber } from "./page-repository.ts"

/** The employee of an employer with this personnel number, written with or without leading zeros; null when there is none, or two that differ in those only. */
export async function findPersonByNumber(tx: Transaction, employerId: string, number: string): Promise<string | null> {
  const [id, ...others] = await findEmployeeIdsByNumber(tx, employerId, number)
  return id !== undefined && others.length === 0 ? id : null
}
