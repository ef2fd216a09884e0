import { storage } from "#platform/storage.ts"
import { keysInDeliveries } from "../deliveries/keys-in-use.ts"
import { keysInDossiers } from "../files/keys-in-use.ts"
import { takeAway } from "./take-away.ts"

const grace = 24 * 60 * 60_000
const batch = 500

/**
 * Removes stored bytes that no row names and that are a day old: what a crash left between the bytes and the row, as takeAway does. Returns how many.
 */
export async function sweepStorage(now: Date): Promise<number> {
  const store = await storage()
  let removed = 0
  let keys: string[] = []
  const sweep = () =>
    takeAway(async (tx) => {
      const used = new Set([...(await keysInDossiers(tx, keys)), ...(await keysInDeliveries(tx, keys))])
      for (const key of keys.filter((one) => !used.has(one))) {
        await store.remove(key)
        removed += 1
      }
    })
  for await (const { key, changedAt } of store.list("files/")) {
    if (now.getTime() - changedAt.getTime() < grace) continue
    if (keys.push(key) < batch) continue
    await sweep()
    keys = []
  }
  await sweep()
  return removed
}
