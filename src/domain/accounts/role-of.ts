import type { Transaction } from "#platform/database.ts"
import type { PartyKind } from "#policy/viewer.ts"
import { findLiveRole } from "./role-repository.ts"

/** What kind of party an account may act for now; null when it no longer holds that role, or is blocked. For going on with a sign-in that waited. */
export async function roleOf(tx: Transaction, { accountId, partyId }: { accountId: string; partyId: string }): Promise<PartyKind | null> {
  return findLiveRole(tx, accountId, partyId)
}
