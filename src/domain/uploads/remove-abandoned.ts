import { asSystem } from "#platform/database.ts"
import { uploadLifetime } from "#policy/own-file-limits.ts"
import { deleteAbandonedOfKeys } from "./api-upload-repository.ts"
import { deleteAbandoned } from "./own-upload-repository.ts"
import { dropPieces } from "./upload-pieces.ts"

const batch = 200

/** Removes uploads that nobody finished within their day, of people and of programs: rows first, then bytes. The room they kept free is free again. Returns how many. */
export async function removeAbandoned(now: Date): Promise<number> {
  return (await removeBy(deleteAbandoned, now)) + (await removeBy(deleteAbandonedOfKeys, now))
}

async function removeBy(deleteSome: typeof deleteAbandoned, now: Date): Promise<number> {
  const removed = await asSystem("sweep", (tx) => deleteSome(tx, new Date(now.getTime() - uploadLifetime), batch))
  for (const { id, pieceIds } of removed) await dropPieces(id, pieceIds)
  return removed.length < batch ? removed.length : removed.length + (await removeBy(deleteSome, now))
}
