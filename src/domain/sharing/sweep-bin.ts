import { asSystem } from "#platform/database.ts"
import { binnedBefore } from "#policy/bin.ts"
import { recordEvents } from "../audit/record-event.ts"
import { dropBytes } from "../files/keep-bytes.ts"
import { deleteBinned, type RemovedFile } from "./bin-repository.ts"

const batch = 500

/**
 * Removes for good what has been in the bin for thirty days: rows first, then bytes; bytes that a crash leaves behind go with the nightly sweep of
 * the storage. That it was removed stays in the dossier's chain. Returns how many files.
 */
export async function sweepBin(now: Date): Promise<number> {
  const removed = await asSystem("sweep", async (tx) => {
    const files = await deleteBinned(tx, binnedBefore(now), batch)
    await recordEvents(tx, files.map((file) => ({ chainId: file.dossierId, kind: "file.removed", subjectId: file.id })))
    return files
  })
  for (const { storageKey } of removed satisfies RemovedFile[]) await dropBytes(storageKey)
  return removed.length < batch ? removed.length : removed.length + (await sweepBin(now))
}
