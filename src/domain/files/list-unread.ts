import { readAsViewer } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findUnread, type UnreadRow } from "./file-repository.ts"

export type { UnreadRow } from "./file-repository.ts"

const most = 500

/** The unread files of the viewer's own dossier and of what was shared with it, newest first, at most 500. */
export async function listUnread(viewer: Viewer): Promise<UnreadRow[]> {
  return readAsViewer(viewer, (reader) => findUnread(reader, viewer.accountId, most))
}
