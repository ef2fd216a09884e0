import type { Transaction } from "#platform/database.ts"
import { findEmployee, type EmployeeData } from "./employee-repository.ts"

/** An employee that the viewer of this transaction may see, or null. */
export async function findPerson(tx: Transaction, employeeId: string): Promise<EmployeeData | null> {
  return findEmployee(tx, employeeId)
}
