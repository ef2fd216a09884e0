import type { Transaction } from "#platform/database.ts"
import { markEmployeesDue, markEmployeesWelcomed } from "./employee-repository.ts"
import { markEmployersWelcomed } from "./party-repository.ts"

/** Notes that these parties, employees or employers, got their welcome mail: it is sent once. */
export async function markWelcomed(tx: Transaction, partyIds: readonly string[], now: Date): Promise<void> {
  await markEmployeesWelcomed(tx, partyIds, now)
  await markEmployersWelcomed(tx, partyIds, now)
}

/** Notes that these employees got a first payslip while nothing is known that they could prove to be themselves with: they are welcomed when it is. */
export async function markWelcomeDue(tx: Transaction, employeeIds: readonly string[], now: Date): Promise<void> {
  await markEmployeesDue(tx, employeeIds, now)
}
