import { drain } from "#platform/drain.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { maxUploadPieces } from "#policy/own-file-limits.ts"
import type { Upload } from "./own-upload-repository.ts"
import { endSending, whileSending } from "./sendings.ts"
import { takeIn } from "./take-in.ts"
import { dropPieces, storePiece } from "./upload-pieces.ts"

/** How far an upload is, in bytes. */
export type Progress = { id: string; offset: number; length: number }

/** Where the row of an upload stands: it is found, or NotFound, and counts a piece when it is still as far as it was. `maxBytes`: the most that anybody sends. */
export type Shelf = { find: () => Promise<Upload>; count: (upload: Upload, piece: { id: string; size: number }) => Promise<boolean>; maxBytes: number }

export type SentBytes = { uploadId: string; offset: number; announced?: number; stream: ReadableStream<Uint8Array> }

/**
 * Takes in the bytes of an upload from `offset` on, piece by piece; `announced` is how many come, where that is known. What came in before its sender
 * went away stays: Invalid "upload-broken-off" says so. Conflict "upload-offset" when it is further or less far, also when another sender gets there
 * first; Invalid "upload-changed" when more comes than there is room for in its length, and "upload-in-crumbs" when it comes in too many pieces.
 */
export async function takePieces(shelf: Shelf, input: SentBytes): Promise<Progress> {
  const before = await shelf.find()
  if (before.received <= input.offset && input.offset + (input.announced ?? 0) > before.length) throw new Invalid("upload-changed")
  await endSending(input.uploadId)
  const reader = input.stream.getReader()
  return whileSending(input.uploadId, () => reader.cancel(), async () => {
    const upload = await shelf.find()
    if (upload.received !== input.offset) throw new Conflict("upload-offset")
    return progressOf(await takeAll(shelf, reader, upload))
  }).catch((error: unknown) => {
    void drain(reader, shelf.maxBytes).catch(() => undefined)
    throw error
  })
}

/** How far an upload is. */
export function progressOf({ id, received, length }: Pick<Upload, "id" | "received" | "length">): Progress {
  return { id, offset: received, length }
}

async function takeAll(shelf: Shelf, reader: ReadableStreamDefaultReader<Uint8Array>, from: Upload): Promise<Upload> {
  let upload = from
  await takeIn(reader, from, async (bytes) => void (upload = await addPiece(shelf, upload, bytes)))
  return upload
}

/** Adds one piece: its bytes first, then the row that counts it. Whatever happens in between, the row tells the truth. */
async function addPiece(shelf: Shelf, upload: Upload, bytes: Uint8Array): Promise<Upload> {
  if (upload.pieceIds.length >= maxUploadPieces) throw new Invalid("upload-in-crumbs")
  const piece = await storePiece(upload.id, bytes)
  const isCounted = await shelf.count(upload, piece).catch(async (error: unknown) => {
    await dropPieces(upload.id, [piece.id])
    throw error
  })
  if (!isCounted) {
    await dropPieces(upload.id, [piece.id])
    throw new Conflict("upload-offset")
  }
  return { ...upload, received: upload.received + piece.size, pieceIds: [...upload.pieceIds, piece.id], pieceSizes: [...upload.pieceSizes, piece.size] }
}
