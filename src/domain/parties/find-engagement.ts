import type { Transaction } from "#platform/database.ts"
import { findLiveEngagement } from "./party-repository.ts"

/** The live engagement of an employer, as far as the viewer of this transaction may know of it. */
export async function findEngagement(tx: Transaction, employerId: string): Promise<{ id: string; officeId: string; officeName: string; needsApproval: boolean } | null> {
  return findLiveEngagement(tx, employerId)
}
