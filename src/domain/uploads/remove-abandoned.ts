import { asSystem } from "#platform/database.ts"
import { uploadLifetime } from "#policy/own-file-limits.ts"
import { deleteAbandoned } from "./own-upload-repository.ts"
import { dropPieces } from "./upload-pieces.ts"

const batch = 200

/** Removes uploads that nobody finished within their day: rows first, then bytes. The room they kept free is free again. Returns how many. */
export async function removeAbandoned(now: Date): Promise<number> {
  const removed = await asSystem("sweep", (tx) => deleteAbandoned(tx, new Date(now.getTime() - uploadLifetime), batch))
  for (const { id, pieceIds } of removed) await dropPieces(id, pieceIds)
  return removed.length < batch ? removed.length : removed.length + (await removeAbandoned(now))
}
