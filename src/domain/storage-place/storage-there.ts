import { asSystemOnce } from "#platform/database.ts"
import { storage } from "#platform/storage.ts"
import { findMark } from "./mark-repository.ts"

/** The place for files is not mounted, or is not this portal's: what is missing there says nothing of what was stored. */
export class StorageAway extends Error {
  constructor() {
    super("The place for files is not mounted, or is not the one of this portal (docs/operations.md, Is it well?)")
    this.name = "StorageAway"
  }
}

/** The storage key of the file by which the portal knows its place for files. */
export const keyOfMark = (id: string) => `mark/${id}`

/** Whether the place for files is this portal's, by the file that was put there. Throws what the storage throws when it does not answer. */
export async function isStorageThere(): Promise<boolean> {
  const id = await findMark(asSystemOnce("sweep"))
  return id === null || (await (await storage()).size(keyOfMark(id))) !== undefined
}

/** Throws StorageAway when the place for files is not this portal's. */
export async function assertStorageThere(): Promise<void> {
  if (!(await isStorageThere())) throw new StorageAway()
}
