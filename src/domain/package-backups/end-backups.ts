import type { Transaction } from "#platform/database.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { countToEnd, insertEnding } from "./ending-repository.ts"
import { tellOwners } from "./owner-of.ts"

/**
 * An engagement ends: the back-ups that the office has of that client stay with it for 90 days, to bring back or remove, and its owners are mailed that they will go.
 * Nothing when there are none, or when it was done before. In the transaction that ends the engagement, as the system.
 */
export async function endBackups(tx: Transaction, { audienceId, officeId, employerId }: { audienceId: string; officeId: string; employerId: string }, now: Date): Promise<void> {
  if ((await countToEnd(tx, audienceId)) === 0) return
  const { name } = await findEmployerById(tx, employerId)
  const isNew = await insertEnding(tx, { audienceId, officeId, employerName: name, goesAt: new Date(now.getTime() + backupRules.former.stays), warnedAt: now })
  if (!isNew) return
  await recordEvents(tx, [{ chainId: officeId, kind: "backup.client-left", subjectId: audienceId }])
  await tellOwners(tx, { partyId: officeId, kind: "office" }, employerId, "backup-ending", now)
}
