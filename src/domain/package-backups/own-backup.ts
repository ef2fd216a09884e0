import type { Transaction } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findEngagement } from "../parties/find-engagement.ts"
import { servedEmployer } from "../parties/served-employer.ts"
import { findBackup, type BackupRow } from "./backup-repository.ts"
import type { BackupView } from "./backup-views.ts"

/**
 * As whom the viewer's back-ups of an employer stand: the engagement of an office, or an employer that runs payroll itself. NotFound when the employer is not in
 * sight; Forbidden "backups-by-office" for an employer that has an office.
 */
export async function audienceOf(tx: Transaction, viewer: Viewer, employerId: string | null): Promise<{ audienceId: string; employerId: string }> {
  if (viewer.kind === "employee") throw new NotFound()
  const employer = await servedEmployer(tx, viewer, employerId)
  const engagement = await findEngagement(tx, employer.id)
  if (viewer.kind === "employer" && engagement) throw new Forbidden("backups-by-office")
  if (viewer.kind === "office" && engagement?.officeId !== viewer.partyId) throw new NotFound()
  return { audienceId: engagement?.id ?? employer.id, employerId: employer.id }
}

/** A back-up in sight of the viewer of this transaction. NotFound otherwise, and for an employee always. */
export async function backupInSight(tx: Transaction, viewer: Viewer, backupId: string): Promise<BackupRow> {
  const backup = viewer.kind === "employee" ? null : await findBackup(tx, backupId)
  if (!backup) throw new NotFound()
  return backup
}

/** As backupInSight, of one that the viewer may change as it stands. NotFound also for those of a client that left: an office brings them back or removes them. */
export async function backupToChange(tx: Transaction, viewer: Viewer, backupId: string): Promise<BackupRow> {
  const backup = await backupInSight(tx, viewer, backupId)
  if (viewer.kind === "office" && (await findEngagement(tx, backup.employerId))?.id !== backup.audienceId) throw new NotFound()
  return backup
}

/** A back-up without what only the domain needs of it. */
export function toView({ audienceId: _audience, beganBy: _account, ...view }: BackupRow): BackupView {
  return view
}
