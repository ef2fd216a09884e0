import type { Transaction } from "#platform/database.ts"
import { findEmployee, findEmployeesByIds, type EmployeeData } from "./employee-repository.ts"

/** An employee that the viewer of this transaction may see, or null. */
export async function findPerson(tx: Transaction, employeeId: string): Promise<EmployeeData | null> {
  return findEmployee(tx, employeeId)
}

/** Those of these employees that the viewer of this transaction may see, by id. */
export async function findPeople(tx: Transaction, employeeIds: readonly string[]): Promise<Map<string, EmployeeData>> {
  const found = await findEmployeesByIds(tx, employeeIds)
  return new Map(found.map((person) => [person.id, person]))
}
