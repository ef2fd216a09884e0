import { asViewer } from "#platform/database.ts"
import { drain } from "#platform/drain.ts"
import { enqueue } from "#platform/queue.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { endSending, whileSending } from "../uploads/sendings.ts"
import { takeIn } from "../uploads/take-in.ts"
import { findBackupKey, findPieces } from "./backup-repository.ts"
import type { BackupProgress } from "./backup-views.ts"
import { dropPieces, storePiece } from "./backup-pieces.ts"
import { backupInSight } from "./own-backup.ts"
import { closeLength, insertPiece } from "./upload-repository.ts"

/** What is read and dropped of a sender that is refused, so that it hears why, in bytes. */
const mostDropped = 64_000_000

/**
 * How far an upload is. For who may go on with it, once whoever was still sending it to this process has stopped; a reader interrupts nobody. NotFound out of
 * sight, refused, and a week after it began.
 */
export async function viewBackupProgress(viewer: Viewer, input: { backupId: string }, now: Date): Promise<BackupProgress> {
  const backup = await coming(viewer, input.backupId, now)
  if (!mayChange(viewer.rank)) return toProgress(backup)
  await endSending(input.backupId)
  return toProgress(await coming(viewer, input.backupId, now))
}

/**
 * Takes in the bytes of a back-up from `offset` on, stored piece by piece; with the last of them it is left to be read and compared. What came in before its
 * sender went away stays: Invalid "upload-broken-off" says so, and Conflict "storage-full" that there is no room for more. Conflict "upload-offset" when it is
 * further or less far, also when another sender gets there first; Invalid "upload-changed" when more comes than was announced, "upload-in-crumbs".
 */
export async function takeBackup(viewer: Viewer, input: { backupId: string; offset: number; announced?: number; stream: ReadableStream<Uint8Array> }, now: Date): Promise<BackupProgress> {
  assertMayChange(viewer)
  const { backupId, offset, announced = 0 } = input
  const before = await coming(viewer, backupId, now)
  if (before.received <= offset && offset + announced > before.length) throw new Invalid("upload-changed")
  await endSending(backupId)
  const reader = input.stream.getReader()
  return whileSending(backupId, () => reader.cancel(), async () => {
    const backup = await coming(viewer, backupId, now)
    if (backup.received !== offset) throw new Conflict("upload-offset")
    let { received, pieces } = backup
    await takeIn(reader, backup, async (bytes) => {
      if ((pieces += 1) > backupRules.pieces) throw new Invalid("upload-in-crumbs")
      received += await addPiece(viewer, { ...backup, received }, bytes)
    })
    return toProgress(received === backup.received ? backup : await coming(viewer, backupId, now))
  }).catch((error: unknown) => {
    void drain(reader, mostDropped).catch(() => undefined)
    throw error
  })
}

/** What came in of an upload of unknown length is all of it: it is left to be read. Invalid "upload-empty" when nothing came. */
export async function closeBackup(viewer: Viewer, input: { backupId: string }, now: Date): Promise<BackupProgress> {
  await asViewer(viewer, async (tx) => {
    if (await closeLength(tx, input.backupId)) return enqueue(tx, "finish-backup", [input])
    if ((await backupInSight(tx, viewer, input.backupId)).received === 0) throw new Invalid("upload-empty")
  })
  return toProgress(await coming(viewer, input.backupId, now))
}

type Coming = Awaited<ReturnType<typeof coming>>

async function coming(viewer: Viewer, backupId: string, now: Date) {
  return asViewer(viewer, async (tx) => {
    const backup = await backupInSight(tx, viewer, backupId)
    const isOver = backup.state === "coming" && now.getTime() - backup.beganAt.getTime() > backupRules.lifetime
    const key = await findBackupKey(tx, backup.audienceId)
    if (backup.state === "refused" || isOver || !key) throw new NotFound()
    return { ...backup, recipient: key.recipient, pieces: (await findPieces(tx, backupId)).length }
  })
}

/**
 * Adds one piece: its bytes first, then the row that counts it, with the job that reads it all behind the last. Returns its size. Whether a row counts it is not
 * known when the database breaks off, so its bytes are then left to the sweep.
 */
async function addPiece(viewer: Viewer, { id, received, recipient }: Coming, bytes: Uint8Array): Promise<number> {
  const piece = await storePiece(id, recipient, bytes)
  const outcome = await asViewer(viewer, async (tx) => {
    const counted = await insertPiece(tx, { id, received }, piece)
    if (counted === "whole") await enqueue(tx, "finish-backup", [{ backupId: id }])
    return counted
  })
  if (outcome) return piece.size
  await dropPieces([{ id, pieceIds: [piece.id] }])
  throw new Conflict("upload-offset")
}

function toProgress({ id, received, length, state }: { id: string; received: number; length: number; state: BackupProgress["state"] }): BackupProgress {
  return { id, offset: received, length, state }
}
