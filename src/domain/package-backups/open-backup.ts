import { asViewer } from "#platform/database.ts"
import { streamOf } from "#platform/stream-of.ts"
import { partOf, type ByteRange } from "#policy/byte-range.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findBackupKey, findPieces } from "./backup-repository.ts"
import { readPieces } from "./backup-pieces.ts"
import { backupInSight } from "./own-backup.ts"

/** A back-up's bytes as they came, with their SHA-256 in base64. `part` is what the stream holds of it; null is all. */
export type BackupContent = { name: string; size: number; sha256: string; part: { start: number; end: number } | null; stream: ReadableStream<Uint8Array> }

/**
 * Opens a back-up for download, or one range of it; that it was stands in the audit chain. NotFound when it is not in sight, or not one of the kept; Invalid
 * "range-past-end" with its `size`. It is decrypted as it streams and checked piece by piece: a damaged one breaks off and gives no wrong byte.
 */
export async function openBackup(viewer: Viewer, { backupId, range = null }: { backupId: string; range?: ByteRange | null }): Promise<BackupContent> {
  return asViewer(viewer, async (tx) => {
    const backup = await backupInSight(tx, viewer, backupId)
    const key = await findBackupKey(tx, backup.audienceId)
    if (backup.state !== "kept" || backup.sha256 === null || !key) throw new NotFound()
    const { name, length: size } = backup
    const part = range && partOf(range, size)
    if (range && !part) throw new Invalid("range-past-end", { size })
    const pieces = await findPieces(tx, backupId)
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "backup.downloaded", subjectId: backupId, details: { from: part?.start ?? 0 } }])
    const stream = streamOf(readPieces(key, backupId, pieces, part ?? { start: 0, end: size }))
    return { name, size, sha256: Buffer.from(backup.sha256, "hex").toString("base64"), part, stream }
  })
}
