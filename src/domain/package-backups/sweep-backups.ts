import { asSystem } from "#platform/database.ts"
import { storage } from "#platform/storage.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { takeAway } from "../sweep/take-away.ts"
import { backupPrefix, dropPieces, pieceIdIn } from "./backup-pieces.ts"
import { deleteAbandoned, findPieceIds } from "./upload-repository.ts"

const batch = 500
const grace = 24 * 60 * 60_000

/** Removes uploads that nobody finished within their week, what was refused as long ago, and stored pieces of a day old that no row names. Returns how many. */
export async function sweepBackups(now: Date): Promise<number> {
  let removed = await removeAbandoned(now)
  const store = await storage()
  let keys: string[] = []
  const sweep = () =>
    takeAway(async (tx) => {
      const counted = await findPieceIds(tx, keys.map(pieceIdIn))
      for (const key of keys.filter((one) => !counted.has(pieceIdIn(one)))) {
        await store.remove(key)
        removed += 1
      }
    })
  for await (const { key, changedAt } of store.list(backupPrefix)) {
    if (now.getTime() - changedAt.getTime() < grace) continue
    if (keys.push(key) < batch) continue
    await sweep()
    keys = []
  }
  await sweep()
  return removed
}

async function removeAbandoned(now: Date): Promise<number> {
  const gone = await asSystem("sweep", (tx) => deleteAbandoned(tx, new Date(now.getTime() - backupRules.lifetime), batch))
  await dropPieces(gone)
  return gone.length < batch ? gone.length : gone.length + (await removeAbandoned(now))
}
