import { asSystem, asSystemOnce } from "#platform/database.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findBackup, findBackupKey, findPieces, holdBackups, landBackup, type BackupRow } from "./backup-repository.ts"
import { dropPieces, hashOf } from "./backup-pieces.ts"
import { ownerOf } from "./owner-of.ts"
import { refuseBackup } from "./upload-repository.ts"

/**
 * Reads an upload that is whole as it is stored, and makes it a back-up when it is what its sender said; in that transaction the oldest beyond those that are
 * kept goes. Else it is refused: "backup-changed" when the checksum is another, "backup-unreadable" when it cannot be read back. Twice is once, also at once. Throws
 * StorageAway, and refuses nothing, when the place for files is not there.
 */
export async function finishBackup({ backupId }: { backupId: string }, now: Date): Promise<void> {
  const system = asSystemOnce("backup")
  const backup = await findBackup(system, backupId)
  const key = backup && (await findBackupKey(system, backup.audienceId))
  if (backup?.state !== "checking" || !key) return
  const found = await hashOf(key, backupId, await findPieces(system, backupId), backup.length)
  const refusal = found === null ? "backup-unreadable" : backup.sha256 !== null && backup.sha256 !== Buffer.from(found).toString("hex") ? "backup-changed" : null
  if (found === null || refusal !== null) return refuse(backup, refusal ?? "backup-unreadable")
  const gone = await asSystem("backup", async (tx) => {
    await holdBackups(tx, backup.audienceId)
    const removed = await landBackup(tx, backup, found, now)
    if (!removed) return []
    const chainId = (await ownerOf(tx, backup))?.partyId ?? backup.employerId
    const by = { chainId, accountId: backup.beganBy, partyId: chainId }
    await recordEvents(tx, [
      { ...by, kind: "backup.landed", subjectId: backupId, details: { year: backup.year, size: backup.length } },
      ...removed.map(({ id }) => ({ ...by, kind: "backup.let-go" as const, subjectId: id, details: { year: backup.year } })),
    ])
    return removed
  })
  await dropPieces(gone)
}

async function refuse(backup: BackupRow, refusal: string): Promise<void> {
  const gone = await asSystem("backup", async (tx) => {
    const refused = await refuseBackup(tx, backup.id, refusal)
    if (!refused) return []
    const chainId = (await ownerOf(tx, backup))?.partyId ?? backup.employerId
    await recordEvents(tx, [{ chainId, kind: "backup.refused", accountId: backup.beganBy, partyId: chainId, subjectId: backup.id, details: { why: refusal } }])
    return [refused]
  })
  await dropPieces(gone)
}
