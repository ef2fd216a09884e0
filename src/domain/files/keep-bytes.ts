import { createHash } from "node:crypto"
import { decryptPart, decryptStream, encryptFor, encryptStreamFor } from "#platform/age-files.ts"
import { drain } from "#platform/drain.ts"
import { newId } from "#platform/ids.ts"
import { storage, StorageFull } from "#platform/storage.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { headBytes } from "#policy/media-type.ts"

/** What is known of kept bytes: where they are, and of the bytes themselves size and SHA-256. */
export type KeptBytes = { storageKey: string; size: number; sha256: Uint8Array<ArrayBuffer> }

export type ReadingKey = { dossierId: string; wrappedIdentity: Uint8Array }

/**
 * Keeps bytes, encrypted for a dossier. They are safe before any row names them; what no row names is swept. Conflict "storage-full" when there is no room.
 * What is kept together, under one id `together`, takes the disk less work.
 */
export async function keepBytes(recipient: string, bytes: Uint8Array, together?: string): Promise<KeptBytes> {
  const storageKey = together ? `files/${together}.${newId()}` : newStorageKey()
  await put(storageKey, encryptFor(recipient, bytes))
  return { storageKey, size: bytes.length, sha256: new Uint8Array(createHash("sha256").update(bytes).digest()) }
}

/**
 * Keeps a stream, encrypted for a dossier as it comes in, never whole in memory. `accept` sees the first bytes and throws to refuse.
 * Over `maxBytes` it is Invalid "upload-too-large", without room Conflict "storage-full", and when the stream itself fails Invalid
 * "upload-broken-off"; nothing is kept of what was refused or broke off.
 */
export async function keepStream(
  recipient: string,
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
  accept: (head: Uint8Array) => void,
): Promise<KeptBytes> {
  const hash = createHash("sha256")
  let size = 0
  let head: Uint8Array | null = new Uint8Array()
  const counted = fromSender(stream, maxBytes).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.length
        if (size > maxBytes) throw new Invalid("upload-too-large", { megabytes: Math.floor(maxBytes / 1e6) })
        if (head) head = Buffer.concat([head, chunk])
        if (head && head.length >= headBytes) {
          accept(head)
          head = null
        }
        hash.update(chunk)
        controller.enqueue(chunk)
      },
      flush() {
        if (head) accept(head)
      },
    }),
  )
  const storageKey = newStorageKey()
  await put(storageKey, encryptStreamFor(recipient, counted))
  return { storageKey, size, sha256: new Uint8Array(hash.digest()) }
}

/** Sets aside what a scanner found, encrypted, where no row can ever name it; the sweep clears it after thirty days. */
export async function setAside(uploadId: string, recipient: string, stream: ReadableStream<Uint8Array>): Promise<void> {
  await put(`quarantine/${uploadId}`, encryptStreamFor(recipient, stream))
}

/** Kept bytes, whole. */
export async function readBytes(key: ReadingKey, storageKey: string): Promise<Uint8Array> {
  return collect(await readStream(key, storageKey))
}

/** Kept bytes as a stream. */
export async function readStream(key: ReadingKey, storageKey: string): Promise<ReadableStream<Uint8Array>> {
  return decryptStream(key, await (await storage()).get(storageKey))
}

/** Kept bytes from `start` up to `end`, of the `size` they have; only what that takes is read. */
export async function readPart(key: ReadingKey, storageKey: string, part: { start: number; end: number; size: number }): Promise<ReadableStream<Uint8Array>> {
  const store = await storage()
  return decryptPart(key, (from, length) => store.get(storageKey, { from, length }), part)
}

/** Lets go of bytes that no row names. */
export async function dropBytes(storageKey: string): Promise<void> {
  await (await storage()).remove(storageKey)
}

async function put(storageKey: string, encrypted: Uint8Array | ReadableStream<Uint8Array>): Promise<void> {
  await (await storage()).put(storageKey, encrypted).catch((error: unknown) => {
    throw error instanceof StorageFull ? new Conflict("storage-full", {}, { cause: error }) : error
  })
}

/**
 * The same stream. When its sender goes away, that is what it fails with, so that nobody takes it for trouble of ours. When it is refused half
 * way the rest is read and dropped, `most` bytes of it.
 */
function fromSender(stream: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch(() => {
          throw new Invalid("upload-broken-off")
        })
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel() {
        void drain(reader, most).catch(() => undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

function newStorageKey(): string {
  return `files/${newId()}`
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
