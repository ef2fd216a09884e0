import type { Reader } from "#platform/database.ts"
import type { FileRow } from "../files/files-of-dossier.ts"
import { findSharedWithMe } from "./received-repository.ts"

/** What others shared with the viewer, newest first: it stands among the other files of the viewer's own dossier, by its owner's name. */
export async function sharedWithMe(reader: Reader, accountId: string): Promise<FileRow[]> {
  return findSharedWithMe(reader, accountId)
}
