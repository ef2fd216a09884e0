import { z } from "zod"
import { seal, unseal } from "#platform/secrets.ts"
import { storage, StorageFull, StorageMissing } from "#platform/storage.ts"
import { Conflict } from "#policy/errors.ts"

/** An upload that is not an own file yet: whose it is, what was announced, and the sizes of the pieces that are safe. The database knows nothing of it. */
export type Upload = z.infer<typeof shape>

const shape = z.object({ id: z.uuid(), accountId: z.uuid(), partyId: z.uuid(), name: z.string(), length: z.number(), pieces: z.array(z.number()), beganAt: z.coerce.date() })

/** What is stored of uploads, pieces and notes alike, begins with this. */
export const uploadPrefix = "uploads/"

const noteKey = (id: string) => `${uploadPrefix}${id}.note`
const pieceKey = (id: string, index: number) => `${uploadPrefix}${id}.${index}`
const pieceOf = (id: string, index: number, length: number) => `${id}/${index}/${length}`

/** How many bytes of an upload are safe. */
export function offsetOf(upload: Upload): number {
  return upload.pieces.reduce((sum, length) => sum + length, 0)
}

/** Writes down what is known of an upload; sealed, because a name can tell as much as what is in it. */
export async function writeNote(upload: Upload): Promise<void> {
  await put(noteKey(upload.id), seal("upload", Buffer.from(JSON.stringify(upload)), upload.id))
}

/** What is known of an upload; null when there is none with this id. */
export async function readNote(id: string): Promise<Upload | null> {
  const sealed = await collect(noteKey(id))
  return sealed && shape.parse(JSON.parse(unseal("upload", sealed, id).toString()))
}

/** Adds one piece: its bytes first, then the note that counts it. Whatever happens in between, the note tells the truth. */
export async function addPiece(upload: Upload, bytes: Uint8Array): Promise<Upload> {
  const index = upload.pieces.length
  await put(pieceKey(upload.id, index), seal("upload", bytes, pieceOf(upload.id, index, bytes.length)))
  const longer = { ...upload, pieces: [...upload.pieces, bytes.length] }
  await writeNote(longer)
  return longer
}

/** The bytes of an upload from its beginning, one piece at a time in memory. */
export async function* readPieces({ id, pieces }: Upload): AsyncGenerator<Uint8Array> {
  for (const [index, length] of pieces.entries()) {
    const sealed = await collect(pieceKey(id, index))
    if (!sealed) throw new Conflict("upload-gone")
    yield unseal("upload", sealed, pieceOf(id, index, length))
  }
}

/** Takes an upload away. Its note goes first, so that nobody finds half of it. */
export async function removeUpload({ id, pieces }: Upload): Promise<void> {
  const store = await storage()
  await store.remove(noteKey(id))
  for (let index = 0; index <= pieces.length; index += 1) await store.remove(pieceKey(id, index))
}

async function put(key: string, bytes: Uint8Array): Promise<void> {
  await (await storage()).put(key, bytes).catch((error: unknown) => {
    throw error instanceof StorageFull ? new Conflict("storage-full", {}, { cause: error }) : error
  })
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
