import type { Transaction } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { countUnread } from "./file-repository.ts"

/** How many unread files wait for this viewer, counted no further than 100: "99+" is enough to know. */
export async function unreadCount(tx: Transaction, viewer: Viewer): Promise<number> {
  return countUnread(tx, viewer.accountId, 100)
}
