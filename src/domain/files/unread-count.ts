import type { Reader } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { countUnread } from "./file-repository.ts"

/** How many unread files wait for this viewer, counted no further than 100: "99+" is enough to know. */
export async function unreadCount(reader: Reader, viewer: Viewer): Promise<number> {
  return countUnread(reader, viewer.accountId, 100)
}
