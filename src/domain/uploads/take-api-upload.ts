import { asViewer, readAsViewer } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { streamOf } from "#platform/stream-of.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { Conflict, Invalid, NotFound, TooMany } from "#policy/errors.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { uploadLifetime } from "#policy/own-file-limits.ts"
import { maxUploadBytes } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { deleteApiUploads, findApiUpload, holdUploadsOf, insertApiPiece, insertApiUpload, updateUsed, type ApiUpload } from "./api-upload-repository.ts"
import { endSending } from "./sendings.ts"
import { progressOf, takePieces, type Progress, type SentBytes } from "./take-pieces.ts"
import { dropPieces, readPieces } from "./upload-pieces.ts"

/**
 * Begins the upload of a file of `length` bytes that is to be in a delivery later, by a program. It is of its key, for a day. Invalid "upload-empty" or
 * "upload-too-large"; TooMany "uploads-unfinished" when too many wait for a delivery, or weigh too much together.
 */
export async function beginApiUpload(viewer: Viewer, input: { name: string; length: number }, now: Date): Promise<Progress> {
  if (input.length === 0) throw new Invalid("upload-empty")
  if (input.length > maxUploadBytes) throw new Invalid("upload-too-large", { megabytes: maxUploadBytes / 1e6 })
  const upload = { id: newId(), name: cleanFileName(input.name), length: input.length }
  const { most, bytes } = apiLimits.uploads
  const left = await asViewer(viewer, async (tx) => {
    const waiting = await holdUploadsOf(tx, viewer.accountId, aliveAt(now))
    if (waiting.count >= most || waiting.bytes + input.length > bytes) throw new TooMany("uploads-unfinished", { most })
    await insertApiUpload(tx, { ...upload, keyId: viewer.accountId, partyId: viewer.partyId, beganAt: now })
    return deleteApiUploads(tx, { usedBefore: new Date(now.getTime() - apiLimits.usedUpload) })
  })
  for (const { id, pieceIds } of left) await dropPieces(id, pieceIds)
  return progressOf({ ...upload, received: 0 })
}

/** How far an upload is, once whoever was still sending it to this process has stopped. NotFound for another's, for what is in a delivery, and a day after it began. */
export async function viewApiUpload(viewer: Viewer, input: { uploadId: string }, now: Date): Promise<Progress> {
  await waiting(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  return progressOf(await waiting(viewer, input.uploadId, now))
}

/** Takes in the bytes of an upload as takePieces does. NotFound as viewApiUpload. */
export async function takeApiBytes(viewer: Viewer, input: SentBytes, now: Date): Promise<Progress> {
  const count = (upload: Pick<ApiUpload, "id" | "received">, piece: { id: string; size: number }) => asViewer(viewer, (tx) => insertApiPiece(tx, upload, piece))
  return takePieces({ find: () => waiting(viewer, input.uploadId, now), count, maxBytes: maxUploadBytes }, input)
}

/** Takes an upload away. NotFound as viewApiUpload. */
export async function cancelApiUpload(viewer: Viewer, input: { uploadId: string }, now: Date): Promise<void> {
  await waiting(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  for (const { id, pieceIds } of await asViewer(viewer, (tx) => deleteApiUploads(tx, { id: input.uploadId }))) await dropPieces(id, pieceIds)
}

/** A whole upload, to be read into a delivery by one request: its name, and its bytes. Invalid "upload-unknown" for none of this key's, or used by another request; Conflict "upload-not-whole". */
export async function openApiUpload(viewer: Viewer, input: { uploadId: string; usedBy: string }, now: Date): Promise<{ name: string; stream: ReadableStream<Uint8Array> }> {
  const upload = await findIn(viewer, input.uploadId, now)
  if (!upload || (upload.usedBy !== null && upload.usedBy !== input.usedBy)) throw new Invalid("upload-unknown", { field: "uploadId" })
  if (upload.received !== upload.length) throw new Conflict("upload-not-whole")
  return { name: upload.name, stream: streamOf(readPieces(upload)) }
}

/** Says that these uploads are in a delivery now: no other request can use them. They stay an hour, for the same request when its answer was lost. */
export async function closeApiUploads(viewer: Viewer, input: { uploadIds: readonly string[]; usedBy: string }): Promise<void> {
  await asViewer(viewer, (tx) => updateUsed(tx, input.uploadIds, input.usedBy))
}

async function waiting(viewer: Viewer, uploadId: string, now: Date): Promise<ApiUpload> {
  const upload = await findIn(viewer, uploadId, now)
  if (!upload || upload.usedBy !== null) throw new NotFound()
  return upload
}

function findIn(viewer: Viewer, uploadId: string, now: Date): Promise<ApiUpload | null> {
  return readAsViewer(viewer, (reader) => findApiUpload(reader, uploadId, aliveAt(now)))
}

function aliveAt(now: Date): Date {
  return new Date(now.getTime() - uploadLifetime)
}
