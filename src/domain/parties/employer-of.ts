import type { Transaction } from "#platform/database.ts"
import { findEmployee } from "./employee-repository.ts"

/** The employer of somebody in sight, or null. */
export async function employerOf(tx: Transaction, employeeId: string): Promise<string | null> {
  return (await findEmployee(tx, employeeId))?.employerId ?? null
}
