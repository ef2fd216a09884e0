import { storage } from "#platform/storage.ts"
import { quarantineLifetime, uploadLifetime } from "#policy/own-file-limits.ts"
import { removeAbandoned } from "../uploads/remove-abandoned.ts"
import { uploadPrefix } from "../uploads/upload-pieces.ts"

/**
 * Removes uploads that nobody finished in time, pieces of them that a crash left behind (nothing names them after twice an upload's lifetime), and
 * what a scanner found, after thirty days. Returns how many uploads and stored things.
 */
export async function sweepUploads(now: Date): Promise<number> {
  const store = await storage()
  let removed = await removeAbandoned(now)
  for (const [prefix, lifetime] of [[uploadPrefix, 2 * uploadLifetime], ["quarantine/", quarantineLifetime]] as const) {
    for await (const { key, changedAt } of store.list(prefix)) {
      if (now.getTime() - changedAt.getTime() < lifetime) continue
      await store.remove(key)
      removed += 1
    }
  }
  return removed
}
