import type { Transaction } from "#platform/database.ts"

/** Kept back-ups that were last read whole before a moment, the longest ago first; at most `limit`, after the one at `after`. As the system. */
export async function findToCheck(tx: Transaction, before: Date, after: { id: string; checkedAt: Date } | null, limit: number): Promise<{ id: string; checkedAt: Date }[]> {
  return tx.$queryRaw<{ id: string; checkedAt: Date }[]>`
    select id, checked_at as "checkedAt" from package_backup
    where state = 'kept' and checked_at < ${before}::timestamptz
      and (${after?.id ?? null}::uuid is null or (checked_at, id) > (${after?.checkedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by checked_at, id limit ${limit}::int`
}

/** Notes that a back-up was read whole, and whether it was sound. How it was before; null when it is gone. As the system. */
export async function noteCheck(tx: Transaction, id: string, isSound: boolean, now: Date): Promise<{ wasSound: boolean } | null> {
  const [row] = await tx.$queryRaw<{ damagedAt: Date | null }[]>`select damaged_at as "damagedAt" from package_backup where id = ${id}::uuid and state = 'kept' for update`
  if (!row) return null
  await tx.packageBackup.updateMany({ where: { id }, data: { checkedAt: now, damagedAt: isSound ? null : (row.damagedAt ?? now) } })
  return { wasSound: row.damagedAt === null }
}
