import { createHash } from "node:crypto"
import { decryptStream, encryptFor } from "#platform/age-files.ts"
import { newId } from "#platform/ids.ts"
import { storage, StorageFull, StorageMissing } from "#platform/storage.ts"
import { Conflict } from "#policy/errors.ts"
import { assertStorageThere } from "../storage-place/storage-there.ts"
import { takeAway } from "../sweep/take-away.ts"
import type { Piece } from "./backup-views.ts"

/** What is stored of back-ups begins with this. */
export const backupPrefix = "backups/"

/** The key with which pieces are read. */
export type ReadingKey = { dossierId: string; wrappedIdentity: Uint8Array }

/** A piece is gone, or is not what was stored. */
export class PieceDamaged extends Error {
  constructor(options?: ErrorOptions) {
    super("A piece of a back-up cannot be read as it was stored", options)
    this.name = "PieceDamaged"
  }
}

const keyOf = (backupId: string, pieceId: string) => `${backupPrefix}${backupId}.${pieceId}`

/** The piece that a storage key is of. */
export function pieceIdIn(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1)
}

/** Stores the bytes of a piece as an age file under a name of its own; it counts when a row says so. Conflict "storage-full" without room. */
export async function storePiece(backupId: string, recipient: string, bytes: Uint8Array): Promise<{ id: string; size: number }> {
  const piece = { id: newId(), size: bytes.length }
  await (await storage()).put(keyOf(backupId, piece.id), await encryptFor(recipient, bytes)).catch((error: unknown) => {
    throw error instanceof StorageFull ? new Conflict("storage-full", {}, { cause: error }) : error
  })
  return piece
}

/** The bytes from `start` up to `end` of what these pieces hold, one piece at a time in memory. Throws PieceDamaged; whatever else the storage throws says nothing of the bytes. */
export async function* readPieces(key: ReadingKey, backupId: string, pieces: readonly Piece[], { start, end }: { start: number; end: number }): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    const [from, to] = [Math.max(start - piece.startsAt, 0), Math.min(end - piece.startsAt, piece.size)]
    if (from < to) yield (await readPiece(key, backupId, piece)).subarray(from, to)
  }
}

/**
 * The SHA-256 of all that these pieces hold, read as it is stored; null when a byte of it is missing or changed. Throws StorageAway when the place for files is not
 * this portal's: that says nothing of the bytes. What is missing is looked for twice, because that place may have come back in between.
 */
export async function hashOf(key: ReadingKey, backupId: string, pieces: readonly Piece[], length: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const hash = await hashOnce(key, backupId, pieces, length)
  if (hash) return hash
  await assertStorageThere()
  return hashOnce(key, backupId, pieces, length)
}

async function hashOnce(key: ReadingKey, backupId: string, pieces: readonly Piece[], length: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const hash = createHash("sha256")
  let read = 0
  try {
    for await (const bytes of readPieces(key, backupId, pieces, { start: 0, end: length })) {
      hash.update(bytes)
      read += bytes.length
    }
  } catch (error) {
    if (error instanceof PieceDamaged) return null
    throw error
  }
  return read === length ? new Uint8Array(hash.digest()) : null
}

/** Lets go of the bytes of back-ups whose rows are gone. What a crash or a back-up of the portal leaves is swept. */
export async function dropPieces(removed: readonly { id: string; pieceIds: readonly string[] }[]): Promise<void> {
  if (removed.length === 0) return
  const store = await storage()
  await takeAway(async () => {
    for (const { id, pieceIds } of removed) for (const pieceId of pieceIds) await store.remove(keyOf(id, pieceId))
  })
}

async function readPiece(key: ReadingKey, backupId: string, { id, size }: Piece): Promise<Uint8Array> {
  const stored = await (await storage()).get(keyOf(backupId, id)).catch((error: unknown) => {
    throw error instanceof StorageMissing ? new PieceDamaged({ cause: error }) : error
  })
  const sealed = await whole(stored)
  const bytes = await decryptStream(key, new Blob([sealed]).stream()).then(whole).catch((error: unknown) => {
    throw new PieceDamaged({ cause: error })
  })
  if (bytes.length !== size) throw new PieceDamaged()
  return bytes
}

async function whole(stream: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}
