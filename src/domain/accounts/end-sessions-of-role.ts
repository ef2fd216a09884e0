import type { Transaction } from "#platform/database.ts"
import { endSessions } from "./session-repository.ts"

/** Ends the sessions in which an account acts for a party: after a change of what it may do there. */
export async function endSessionsOfRole(tx: Transaction, role: { accountId: string; partyId: string }, now: Date): Promise<void> {
  await endSessions(tx, role, now)
}
