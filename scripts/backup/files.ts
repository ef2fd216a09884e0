import { createHash } from "node:crypto"
import { open, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { StorageMissing, type Storage } from "#platform/storage.ts"
import { databaseIn, goneIn, momentsIn } from "./place.ts"
import { flush } from "./sealed.ts"

const atOnce = 8

/**
 * Copies what is not there yet, and reads back each copy to compare it with what was read. What is stored never changes under its key, and is there whole
 * or not at all: a key that is there needs no second look. What went away meanwhile is passed over. Returns how many and how many bytes; when one fails the others
 * that were begun are finished first, so that nothing stays behind by half.
 */
export async function copyFiles(from: Storage, to: Storage): Promise<{ files: number; bytes: number }> {
  const keys = from.list("")[Symbol.asyncIterator]()
  let [files, bytes] = [0, 0]
  let isBroken = false
  const stop = (error: unknown) => {
    isBroken = true
    throw error
  }
  const copySome = async () => {
    for (let next = await keys.next(); !next.done && !isBroken; next = await keys.next()) {
      const { key } = next.value
      if ((await to.size(key)) !== undefined) continue
      const copied = await copy(from, to, key)
      if (copied === null) continue
      files += 1
      bytes += copied
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, () => copySome().catch(stop)))
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason
  return { files, bytes }
}

async function copy(from: Storage, to: Storage, key: string): Promise<number | null> {
  const read = createHash("sha256")
  let size = 0
  const watching = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      read.update(bytes)
      size += bytes.length
      controller.enqueue(bytes)
    },
  })
  try {
    await to.put(key, (await from.get(key)).pipeThrough(watching))
  } catch (error) {
    if (error instanceof StorageMissing) return null
    throw error
  }
  const kept = createHash("sha256")
  for await (const bytes of await to.get(key)) kept.update(bytes)
  if (read.digest("hex") === kept.digest("hex")) return size
  await to.remove(key)
  throw new Error(`A stored file could not be read back as it was written: ${key}`)
}

/** Writes down which files of the back-up the portal has no more. */
export async function noteGone(portal: Storage, backup: Storage, path: string): Promise<void> {
  const list = await open(path, "wx", 0o600)
  try {
    for await (const { key } of backup.list("")) if ((await portal.size(key)) === undefined) await list.writeFile(`${key}\n`)
  } finally {
    await list.close()
  }
  await flush(path)
}

/** Keeps the newest back-ups, and takes away the older ones with the files that were gone already when the oldest of those that stay was made. */
export async function removeOld(place: string, backup: Storage, keep: number): Promise<number> {
  const moments = await momentsIn(place)
  const old = moments.slice(0, Math.max(moments.length - keep, 0))
  for (const moment of old) {
    await rm(join(databaseIn(place, moment), "manifest.age"))
    await rm(databaseIn(place, moment), { recursive: true })
  }
  const [oldest] = moments.slice(old.length)
  if (old.length === 0 || !oldest) return old.length
  const gone = (await readFile(goneIn(place, oldest), "utf8")).split("\n").filter(Boolean)
  for (const key of gone) await backup.remove(key)
  return old.length
}
