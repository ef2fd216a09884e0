import type { Transaction } from "#platform/database.ts"
import { endOtherSessions, endSessions } from "./session-repository.ts"

/** Ends the sessions of an account: all, those in which it acts for one party, or all but one. */
export async function endSessionsOf(tx: Transaction, { except, ...which }: { accountId: string; partyId?: string; except?: string }, now: Date): Promise<void> {
  if (except !== undefined) await endOtherSessions(tx, { accountId: which.accountId, except }, now)
  else await endSessions(tx, which, now)
}
