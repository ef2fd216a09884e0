import type { Reader } from "#platform/database.ts"
import { countUnread } from "./unread-repository.ts"

/** How many unread files wait for whoever was entered, one role or all of them, counted no further than 100: "99+" is enough to know. */
export async function unreadCount(reader: Reader): Promise<number> {
  return countUnread(reader, 100)
}
