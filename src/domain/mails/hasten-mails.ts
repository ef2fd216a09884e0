import type { Transaction } from "#platform/database.ts"
import { bringForward } from "#platform/queue.ts"
import { findWaiting } from "./mail-repository.ts"

/** So many at a time; the others look for themselves within the hour. */
const most = 10_000

/** Has the mails of an employer or office that wait look now whether they can go, but for those that were given a turn which still holds. Twice is harmless. */
export async function hastenMails(tx: Transaction, { ownerId, turn }: { ownerId: string; turn: string }): Promise<void> {
  const ids = await findWaiting(tx, ownerId, most)
  if (ids.length > 0) await bringForward(tx, "send-mail", { field: "mailId", ids, keeps: turn })
}
