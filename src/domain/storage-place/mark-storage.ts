import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { storage } from "#platform/storage.ts"
import { findMark, insertMark } from "./mark-repository.ts"
import { assertStorageThere, keyOfMark } from "./storage-there.ts"

/**
 * Makes the place for files ready, and puts a file there the first time, by which the portal knows it from then on. Throws StorageAway, and makes nothing, when it
 * is another place than the time before. Run before web and worker start.
 */
export async function markStorage(now: Date): Promise<void> {
  await assertStorageThere()
  const store = await storage()
  await store.prepare()
  if (await findMark(asSystemOnce("sweep"))) return
  const id = newId()
  await store.put(keyOfMark(id), new Uint8Array())
  const kept = await asSystem("sweep", async (tx) => {
    await insertMark(tx, id, now)
    return findMark(tx)
  })
  if (kept !== id) await store.remove(keyOfMark(id))
}

/** Takes the place for files as this portal's from now on: an operator says that all of it was brought there. */
export async function acknowledgeStorage(now: Date): Promise<void> {
  const id = await findMark(asSystemOnce("sweep"))
  if (id === null) return markStorage(now)
  const store = await storage()
  await store.prepare()
  await store.put(keyOfMark(id), new Uint8Array())
}
