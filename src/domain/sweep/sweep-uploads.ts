import { storage } from "#platform/storage.ts"
import { quarantineLifetime, uploadLifetime } from "#policy/own-file-limits.ts"

/** Removes uploads that nobody finished, a day after they were out of time, and what a scanner found, after thirty days. Returns how many keys. */
export async function sweepUploads(now: Date): Promise<number> {
  const store = await storage()
  let removed = 0
  for (const [prefix, lifetime] of [["uploads/", 2 * uploadLifetime], ["quarantine/", quarantineLifetime]] as const) {
    for await (const { key, changedAt } of store.list(prefix)) {
      if (now.getTime() - changedAt.getTime() < lifetime) continue
      await store.remove(key)
      removed += 1
    }
  }
  return removed
}
