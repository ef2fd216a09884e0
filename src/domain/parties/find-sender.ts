import type { Transaction } from "#platform/database.ts"
import { findEmployer, findLiveEngagement } from "./party-repository.ts"

/** Who sends a delivery, by name: the office while its engagement lives, or the employer itself while it has no office. Null when that ended. */
export async function findSender(tx: Transaction, delivery: { employerId: string; audienceId: string }): Promise<{ name: string } | null> {
  const engagement = await findLiveEngagement(tx, delivery.employerId)
  if (engagement) return engagement.id === delivery.audienceId ? { name: engagement.officeName } : null
  const employer = delivery.audienceId === delivery.employerId ? await findEmployer(tx, delivery.employerId) : null
  return employer ? { name: employer.name } : null
}
