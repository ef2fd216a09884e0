import type { Transaction } from "#platform/database.ts"

/** Removes every delivery of an audience that was not sent; waits for one that is being sent at this moment. Returns their ids. */
export async function deleteUnsent(tx: Transaction, audienceId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`delete from delivery where audience_id = ${audienceId}::uuid and state::text <> 'sent' returning id`
  return rows.map((row) => row.id)
}
