import { readAsAccount } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findUnread, type UnreadPlace, type UnreadRow } from "./unread-repository.ts"

export type { UnreadPlace, UnreadRow } from "./unread-repository.ts"

const perPage = 100

/** One page of "Ongelezen", and where the next one begins; null when there is none. */
export type UnreadPage = { files: UnreadRow[]; next: UnreadPlace | null }

/** The unread files of all roles of the viewer's account, newest first, a hundred at a time, from a place on: each with the role it came to. */
export async function listUnread(viewer: Viewer, input: { after: UnreadPlace | null } = { after: null }): Promise<UnreadPage> {
  const found = await readAsAccount(viewer, (reader) => findUnread(reader, input.after, perPage + 1))
  const files = found.slice(0, perPage)
  return { files, next: found.length > perPage ? (files.at(-1)?.place ?? null) : null }
}
