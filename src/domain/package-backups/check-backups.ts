import { asSystem, asSystemOnce } from "#platform/database.ts"
import { enqueue } from "#platform/queue.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { recordEvents } from "../audit/record-event.ts"
import { assertStorageThere } from "../storage-place/storage-there.ts"
import { findBackup, findBackupKey, findPieces } from "./backup-repository.ts"
import { hashOf } from "./backup-pieces.ts"
import { findToCheck, noteCheck } from "./check-repository.ts"
import { ownerOf, tellOwners } from "./owner-of.ts"
import { findForgotten } from "./upload-repository.ts"

const batch = 500
const hour = 3_600_000

/**
 * Leaves a job for each back-up whose last check was too long ago, and for each upload that nobody read when it was whole. Returns how many. Throws StorageAway, and
 * leaves none, when the place for files is not there.
 */
export async function queueChecks(now: Date): Promise<number> {
  await assertStorageThere()
  let queued = await asSystem("backup", async (tx) => {
    const forgotten = await findForgotten(tx, new Date(now.getTime() - hour), batch)
    await enqueue(tx, "finish-backup", forgotten.map((backupId) => ({ backupId })))
    return forgotten.length
  })
  const before = new Date(now.getTime() - backupRules.checkEvery)
  for (let last: { id: string; checkedAt: Date } | null = null; ; ) {
    const due: { id: string; checkedAt: Date }[] = await asSystem("backup", async (tx) => {
      const found = await findToCheck(tx, before, last, batch)
      await enqueue(tx, "check-backup", found.map(({ id }) => ({ backupId: id })))
      return found
    })
    queued += due.length
    last = due.at(-1) ?? null
    if (due.length < batch) return queued
  }
}

/**
 * Reads a stored back-up whole and compares its checksum. What cannot be read as it came is marked at once, and the owners are mailed; what can be again is not
 * marked any more. One that was checked lately is left alone. "sound", "damaged", or null when there was nothing to check. Throws StorageAway, and marks nothing,
 * when the place for files is not there.
 */
export async function checkBackup({ backupId }: { backupId: string }, now: Date): Promise<"sound" | "damaged" | null> {
  const system = asSystemOnce("backup")
  const backup = await findBackup(system, backupId)
  if (backup?.state !== "kept" || (backup.checkedAt && now.getTime() - backup.checkedAt.getTime() < backupRules.checkEvery)) return null
  const key = await findBackupKey(system, backup.audienceId)
  const found = key && (await hashOf(key, backupId, await findPieces(system, backupId), backup.length))
  const isSound = found ? Buffer.from(found).toString("hex") === backup.sha256 : false
  await asSystem("backup", async (tx) => {
    const before = await noteCheck(tx, backupId, isSound, now)
    if (!before || before.wasSound === isSound) return
    const owner = await ownerOf(tx, backup)
    await recordEvents(tx, [{ chainId: owner?.partyId ?? backup.employerId, kind: isSound ? "backup.sound-again" : "backup.damaged", subjectId: backupId }])
    if (owner && !isSound) await tellOwners(tx, owner, backup.employerId, "backup-damaged", now)
  })
  return isSound ? "sound" : "damaged"
}
