import { asSystem, type Transaction } from "#platform/database.ts"
import { mayTakeAway } from "./sweep-repository.ts"

/**
 * Takes stored bytes away that no row names any more. Not while a back-up of the portal copies what the database named when it began: then nothing is done, and
 * they are found by the sweep of another night. Two that want to at once: one of them does.
 */
export async function takeAway(work: (tx: Transaction) => Promise<void>): Promise<void> {
  await asSystem("sweep", async (tx) => {
    if (await mayTakeAway(tx)) await work(tx)
  })
}
