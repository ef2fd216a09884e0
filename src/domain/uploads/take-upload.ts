import { asViewer, readAsViewer } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { Conflict, Invalid, NotFound, TooMany } from "#policy/errors.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { maxUnfinishedUploads, uploadLifetime } from "#policy/own-file-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { deleteUploads, findUpload, insertPiece, insertUpload, type Upload } from "./own-upload-repository.ts"
import { endSending } from "./sendings.ts"
import { progressOf, takePieces, type Progress, type SentBytes } from "./take-pieces.ts"
import { dropPieces } from "./upload-pieces.ts"

/**
 * Begins an upload of `length` bytes. Invalid "upload-empty" or "upload-too-large"; TooMany "uploads-unfinished" when too many were begun and not
 * finished; Conflict "dossier-full" when there is no room for it beside what is there and what is coming. NotFound without a dossier.
 */
export async function beginUpload(viewer: Viewer, input: { name: string; length: number }, now: Date): Promise<Progress> {
  if (input.length === 0) throw new Invalid("upload-empty")
  if (input.length > env().OWN_FILE_MB * 1e6) throw new Invalid("upload-too-large", { megabytes: env().OWN_FILE_MB })
  const upload = { id: newId(), name: cleanFileName(input.name), length: input.length, received: 0 }
  const limits = { at: now, alive: aliveAt(now), most: maxUnfinishedUploads, room: env().DOSSIER_MB * 1e6 }
  const outcome = await asViewer(viewer, (tx) => insertUpload(tx, { ...upload, ...limits }))
  if (outcome === "nowhere") throw new NotFound()
  if (outcome === "many") throw new TooMany("uploads-unfinished", { most: maxUnfinishedUploads })
  if (outcome === "full") throw new Conflict("dossier-full", { megabytes: env().DOSSIER_MB })
  return progressOf(upload)
}

/** How far an upload is, once whoever was still sending it to this process has stopped. NotFound for another's upload, and a day after it began. */
export async function viewUpload(viewer: Viewer, input: { uploadId: string }, now: Date): Promise<Progress> {
  await ownUpload(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  return progressOf(await ownUpload(viewer, input.uploadId, now))
}

/** Takes in the bytes of an upload as takePieces does. NotFound for another's upload. */
export async function takeBytes(viewer: Viewer, input: SentBytes, now: Date): Promise<Progress> {
  return takePieces(
    { find: () => ownUpload(viewer, input.uploadId, now), count: (upload, piece) => asViewer(viewer, (tx) => insertPiece(tx, upload, piece)), maxBytes: env().OWN_FILE_MB * 1e6 },
    input,
  )
}

/** Takes an upload away before it became a file. */
export async function cancelUpload(viewer: Viewer, input: { uploadId: string }, now: Date): Promise<void> {
  await ownUpload(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  await removeUploads(viewer, [input.uploadId])
}

/** An upload of this account for this party, not older than a day; NotFound for any other. */
export async function ownUpload(viewer: Viewer, uploadId: string, now: Date): Promise<Upload> {
  const upload = await readAsViewer(viewer, (reader) => findUpload(reader, uploadId, aliveAt(now)))
  if (!upload) throw new NotFound()
  return upload
}

/** Takes uploads away: rows first, so that nobody finds half of one. */
export async function removeUploads(viewer: Viewer, ids: readonly string[]): Promise<void> {
  for (const { id, pieceIds } of await asViewer(viewer, (tx) => deleteUploads(tx, ids))) await dropPieces(id, pieceIds)
}

function aliveAt(now: Date): Date {
  return new Date(now.getTime() - uploadLifetime)
}
