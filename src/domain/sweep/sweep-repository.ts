import type { Transaction } from "#platform/database.ts"

/** Whether stored bytes may be taken away until the transaction ends: not while a back-up of the portal copies what the database named when it began. */
export async function mayTakeAway(tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ held: boolean }[]>`select pg_try_advisory_xact_lock(hashtext('loondossier.sweep')) as held`
  return row?.held ?? false
}
