import { newId } from "#platform/ids.ts"
import { seal, unseal } from "#platform/secrets.ts"
import { storage, StorageFull, StorageMissing } from "#platform/storage.ts"
import { Conflict } from "#policy/errors.ts"
import type { Upload } from "./own-upload-repository.ts"

/** What is stored of uploads begins with this. */
export const uploadPrefix = "uploads/"

const pieceKey = (uploadId: string, pieceId: string) => `${uploadPrefix}${uploadId}.${pieceId}`
const pieceOf = (uploadId: string, pieceId: string, size: number) => `${uploadId}/${pieceId}/${size}`

/** Stores the bytes of a piece, sealed, under a name of its own; it counts when the upload's row says so. Conflict "storage-full" without room. */
export async function storePiece(uploadId: string, bytes: Uint8Array): Promise<{ id: string; size: number }> {
  const piece = { id: newId(), size: bytes.length }
  const sealed = seal("upload", bytes, pieceOf(uploadId, piece.id, piece.size))
  await (await storage()).put(pieceKey(uploadId, piece.id), sealed).catch((error: unknown) => {
    throw error instanceof StorageFull ? new Conflict("storage-full", {}, { cause: error }) : error
  })
  return piece
}

/** The bytes of an upload from its beginning, one piece at a time in memory. Conflict "upload-gone" when it is taken away meanwhile. */
export async function* readPieces({ id, pieceIds, pieceSizes }: Upload): AsyncGenerator<Uint8Array> {
  for (const [index, pieceId] of pieceIds.entries()) {
    const sealed = await collect(pieceKey(id, pieceId))
    if (!sealed) throw new Conflict("upload-gone")
    yield unseal("upload", sealed, pieceOf(id, pieceId, pieceSizes[index] ?? 0))
  }
}

/** Lets go of the bytes of pieces. What a crash leaves is swept. */
export async function dropPieces(uploadId: string, pieceIds: readonly string[]): Promise<void> {
  const store = await storage()
  for (const pieceId of pieceIds) await store.remove(pieceKey(uploadId, pieceId))
}

async function collect(key: string): Promise<Buffer | null> {
  try {
    const parts: Uint8Array[] = []
    for await (const part of await (await storage()).get(key)) parts.push(part)
    return Buffer.concat(parts)
  } catch (error) {
    if (error instanceof StorageMissing) return null
    throw error
  }
}
