import { asViewer, readAsViewer } from "#platform/database.ts"
import { drain } from "#platform/drain.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { Conflict, Invalid, NotFound, TooMany } from "#policy/errors.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { maxUnfinishedUploads, maxUploadPieces, uploadLifetime, uploadPieceBytes } from "#policy/own-file-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { deleteUploads, findUpload, insertPiece, insertUpload, type Upload } from "./own-upload-repository.ts"
import { endSending, whileSending } from "./sendings.ts"
import { dropPieces, storePiece } from "./upload-pieces.ts"

/** How far an upload is, in bytes. */
export type Progress = { id: string; offset: number; length: number }

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

/**
 * Takes in the bytes of an upload from `offset` on, piece by piece; `announced` is how many come, where that is known. What came in before its sender
 * went away stays: Invalid "upload-broken-off" says so. Conflict "upload-offset" when it is further or less far, also when another sender gets there
 * first; Invalid "upload-changed" when more comes than there is room for in its length, and "upload-in-crumbs" when it comes in too many pieces.
 */
export async function takeBytes(viewer: Viewer, input: { uploadId: string; offset: number; announced?: number; stream: ReadableStream<Uint8Array> }, now: Date): Promise<Progress> {
  const before = await ownUpload(viewer, input.uploadId, now)
  if (before.received <= input.offset && input.offset + (input.announced ?? 0) > before.length) throw new Invalid("upload-changed")
  await endSending(input.uploadId)
  const reader = input.stream.getReader()
  return whileSending(input.uploadId, () => reader.cancel(), async () => {
    const upload = await ownUpload(viewer, input.uploadId, now)
    if (upload.received !== input.offset) throw new Conflict("upload-offset")
    return progressOf(await takeAll(viewer, reader, upload))
  }).catch((error: unknown) => {
    void drain(reader, env().OWN_FILE_MB * 1e6).catch(() => undefined)
    throw error
  })
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

type Reader = ReadableStreamDefaultReader<Uint8Array>

async function takeAll(viewer: Viewer, reader: Reader, from: Upload): Promise<Upload> {
  let upload = from
  let held: Uint8Array[] = []
  let weight = 0
  const flush = async () => {
    if (weight > 0) upload = await addPiece(viewer, upload, Buffer.concat(held))
    held = []
    weight = 0
  }
  for (;;) {
    const next = await reader.read().catch(() => null)
    if (!next) {
      await flush()
      throw new Invalid("upload-broken-off")
    }
    if (next.done) break
    weight += next.value.length
    held.push(next.value)
    if (upload.received + weight > upload.length) throw new Invalid("upload-changed")
    if (weight >= uploadPieceBytes) await flush()
  }
  await flush()
  return upload
}

/** Adds one piece: its bytes first, then the row that counts it. Whatever happens in between, the row tells the truth. */
async function addPiece(viewer: Viewer, upload: Upload, bytes: Uint8Array): Promise<Upload> {
  if (upload.pieceIds.length >= maxUploadPieces) throw new Invalid("upload-in-crumbs")
  const piece = await storePiece(upload.id, bytes)
  const isCounted = await asViewer(viewer, (tx) => insertPiece(tx, upload, piece)).catch(async (error: unknown) => {
    await dropPieces(upload.id, [piece.id])
    throw error
  })
  if (!isCounted) {
    await dropPieces(upload.id, [piece.id])
    throw new Conflict("upload-offset")
  }
  return { ...upload, received: upload.received + piece.size, pieceIds: [...upload.pieceIds, piece.id], pieceSizes: [...upload.pieceSizes, piece.size] }
}

function aliveAt(now: Date): Date {
  return new Date(now.getTime() - uploadLifetime)
}

function progressOf({ id, received, length }: Pick<Upload, "id" | "received" | "length">): Progress {
  return { id, offset: received, length }
}
