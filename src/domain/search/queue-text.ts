import type { Transaction } from "#platform/database.ts"
import { enqueue } from "#platform/queue.ts"

const perJob = 20

/** Leaves the reading of these files' text to a worker, in the transaction that places them. What is no PDF is passed over. */
export async function queueText(tx: Transaction, files: readonly { id: string; mediaType: string }[]): Promise<void> {
  const ids = files.filter((file) => file.mediaType === "application/pdf").map((file) => file.id)
  const jobs = Array.from({ length: Math.ceil(ids.length / perJob) }, (_, index) => ({ fileIds: ids.slice(index * perJob, (index + 1) * perJob) }))
  await enqueue(tx, "read-text", jobs)
}
