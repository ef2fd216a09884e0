import { asSystem, asSystemOnce } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { enqueue } from "#platform/queue.ts"
import { readTexts } from "./read-texts.ts"
import { deleteSomeTexts, findOlderFiles, updateBackfill } from "./text-repository.ts"

const filesAtOnce = 50
const rowsAtOnce = 5000

/** Leaves the job that looks after texts of files from before; with one waiting already, nothing. For the start of a worker. */
export async function queueOlderTexts(): Promise<void> {
  await asSystem("read-text", (tx) => enqueue(tx, "read-older-texts", [{}]))
}

/**
 * Reads the text of the next files that were there before texts were read, notes how far it came and leaves the job for the rest: to be broken off and
 * run again at any point. A file that fails is passed over, unless all of them do. With SEARCH_TEXT=no it removes what was kept instead.
 */
export async function readOlderTexts(): Promise<void> {
  if (env().SEARCH_TEXT === "no") return forgetTexts()
  const ids = await findOlderFiles(asSystemOnce("read-text"), filesAtOnce)
  const outcomes: PromiseSettledResult<void>[] = []
  for (const id of ids) outcomes.push(...(await Promise.allSettled([readTexts({ fileIds: [id] })])))
  const [first] = outcomes
  if (first?.status === "rejected" && outcomes.every((one) => one.status === "rejected")) throw first.reason
  const last = ids.at(-1)
  if (last === undefined) return
  await asSystem("read-text", async (tx) => {
    await updateBackfill(tx, last)
    await enqueue(tx, "read-older-texts", [{}])
  })
}

async function forgetTexts(): Promise<void> {
  await asSystem("read-text", async (tx) => {
    await updateBackfill(tx, null)
    if ((await deleteSomeTexts(tx, rowsAtOnce)) === rowsAtOnce) await enqueue(tx, "read-older-texts", [{}])
  })
}
