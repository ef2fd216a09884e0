import type { Transaction } from "#platform/database.ts"

export type AttemptRow = { count: number; lastAt: Date | null }

/** How often something went wrong for each of these keys in the window that began at `windowAt`, in their order. */
export async function findAttempts(tx: Transaction, keys: readonly Uint8Array<ArrayBuffer>[], windowAt: Date): Promise<AttemptRow[]> {
  const rows = await tx.attempt.findMany({ where: { key: { in: [...keys] }, windowAt }, select: { key: true, count: true, lastAt: true } })
  return keys.map((key) => rows.find((row) => Buffer.compare(row.key, key) === 0) ?? { count: 0, lastAt: null })
}

/** Counts one more for each of these keys; how many there are now, in their order. */
export async function addAttempts(tx: Transaction, keys: readonly Uint8Array<ArrayBuffer>[], windowAt: Date, now: Date): Promise<number[]> {
  const rows = await tx.$queryRaw<{ key: Uint8Array; count: number }[]>`
    insert into attempt (key, window_at, count, last_at) select k, ${windowAt}, 1, ${now} from unnest(${[...keys]}::bytea[]) k order by k
    on conflict (key, window_at) do update set count = attempt.count + 1, last_at = greatest(attempt.last_at, excluded.last_at) returning key, count`
  return keys.map((key) => rows.find((row) => Buffer.compare(row.key, key) === 0)?.count ?? 0)
}

/** Forgets what was counted in windows that began before a moment; returns how many rows. */
export async function deleteAttempts(tx: Transaction, before: Date): Promise<number> {
  return (await tx.attempt.deleteMany({ where: { windowAt: { lt: before } } })).count
}
