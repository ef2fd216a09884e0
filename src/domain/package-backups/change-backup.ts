import { asViewer, type Transaction } from "#platform/database.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endSending } from "../uploads/sendings.ts"
import { countPinned, deleteBackups, holdBackups, updateBackup, type BackupRow } from "./backup-repository.ts"
import { dropPieces } from "./backup-pieces.ts"
import { cleanDescription } from "./begin-backup.ts"
import { audienceOf, backupInSight, backupToChange } from "./own-backup.ts"
import { putReminder } from "./reminder-repository.ts"

/** Says something else about a back-up. NotFound out of sight; Invalid "backup-description" when it is too long; Forbidden "reader". */
export async function describeBackup(viewer: Viewer, input: { backupId: string; description: string }): Promise<void> {
  const description = cleanDescription(input.description)
  await change(viewer, input.backupId, async (tx) => {
    await updateBackup(tx, input.backupId, { description })
    return "backup.described"
  })
}

/** Keeps a back-up whatever comes; twice is once. Conflict "backups-pinned" when as many of its year are, and "backup-not-kept" for one that is no back-up yet. */
export async function pinBackup(viewer: Viewer, input: { backupId: string }, now: Date): Promise<void> {
  await change(viewer, input.backupId, async (tx, { id, audienceId, year, pinnedAt }) => {
    if (pinnedAt) return null
    if ((await countPinned(tx, audienceId, year)) >= backupRules.pinned) throw new Conflict("backups-pinned", { most: backupRules.pinned })
    if (!(await updateBackup(tx, id, { pinnedAt: now }))) throw new Conflict("backup-not-kept")
    return "backup.pinned"
  })
}

/** Lets a back-up go when its time comes: it counts among the last of its year again. Twice is once. */
export async function unpinBackup(viewer: Viewer, input: { backupId: string }): Promise<void> {
  await change(viewer, input.backupId, async (tx, { id, pinnedAt }) => {
    if (!pinnedAt) return null
    await updateBackup(tx, id, { pinnedAt: null })
    return "backup.unpinned"
  })
}

/** Removes a back-up, also of a client that left, or an upload that is on its way: at once, and for good. NotFound out of sight; Forbidden "reader". */
export async function removeBackup(viewer: Viewer, input: { backupId: string }): Promise<void> {
  await asViewer(viewer, (tx) => backupInSight(tx, viewer, input.backupId))
  assertMayChange(viewer)
  await endSending(input.backupId)
  const gone = await asViewer(viewer, async (tx) => {
    const { id, audienceId } = await backupInSight(tx, viewer, input.backupId)
    await holdBackups(tx, audienceId)
    const removed = await deleteBackups(tx, [id])
    if (removed.length > 0) await recordEvents(tx, [{ chainId: viewer.partyId, kind: "backup.removed", subjectId: id }])
    return removed
  })
  await dropPieces(gone)
}

/** Has the owners told when no back-up came for so many days, or with null never. NotFound and Forbidden as audienceOf; Invalid "backup-days". */
export async function changeReminder(viewer: Viewer, input: { employerId: string | null; days: number | null }, now: Date): Promise<void> {
  const { days } = input
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= backupRules.reminderDays)) throw new Invalid("backup-days", { field: "days", most: backupRules.reminderDays })
  await asViewer(viewer, async (tx) => {
    const { audienceId, employerId } = await audienceOf(tx, viewer, input.employerId)
    assertMayChange(viewer)
    await putReminder(tx, { audienceId, employerId, days }, now)
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "backup.reminder-set", subjectId: employerId, details: { days: days ?? 0 } }])
  })
}

async function change(viewer: Viewer, backupId: string, work: (tx: Transaction, backup: BackupRow) => Promise<EventKind | null>): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const { audienceId } = await backupToChange(tx, viewer, backupId)
    assertMayChange(viewer)
    await holdBackups(tx, audienceId)
    const kind = await work(tx, await backupToChange(tx, viewer, backupId))
    if (kind) await recordEvents(tx, [{ chainId: viewer.partyId, kind, subjectId: backupId }])
  })
}
