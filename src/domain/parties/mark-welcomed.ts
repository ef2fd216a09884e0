import type { Transaction } from "#platform/database.ts"
import { markEmployeesWelcomed } from "./employee-repository.ts"
import { markEmployersWelcomed } from "./party-repository.ts"

/** Notes that these parties, employees or employers, got their welcome mail: it is sent once. */
export async function markWelcomed(tx: Transaction, partyIds: readonly string[], now: Date): Promise<void> {
  await markEmployeesWelcomed(tx, partyIds, now)
  await markEmployersWelcomed(tx, partyIds, now)
}
