import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { endEngagement } from "./office-repository.ts"
import { findLiveEngagement, insertEngagement } from "./party-repository.ts"

/**
 * Ends the employer's engagement, where it has one, and begins the one with another office, at one moment. As the system only. Returns the office it
 * was with, and the audience through which payroll was done until now: that engagement, or the employer itself.
 */
export async function changeOffice(tx: Transaction, move: { employerId: string; officeId: string }, now: Date): Promise<{ formerOfficeId: string | null; formerAudienceId: string }> {
  const former = await findLiveEngagement(tx, move.employerId)
  if (former) await endEngagement(tx, former.id, now)
  await insertEngagement(tx, { id: newId(), officeId: move.officeId, employerId: move.employerId, startedAt: now })
  return { formerOfficeId: former?.officeId ?? null, formerAudienceId: former?.id ?? move.employerId }
}
