import type { Transaction } from "#platform/database.ts"

type Bytes = Uint8Array<ArrayBuffer>

/** A right password that waits for the second step. */
export type PendingRow = { id: string; accountId: string; partyId: string; device: string | null; triesLeft: number }

const columns = { id: true, accountId: true, partyId: true, device: true, triesLeft: true } as const

/** Keeps a right password that waits for the second step, and throws some away that are too old. */
export async function insertPending(tx: Transaction, row: Omit<PendingRow, "triesLeft"> & { secretHash: Bytes; triesLeft: number; createdAt: Date; expiresAt: Date }): Promise<void> {
  await tx.$executeRaw`delete from pending_sign_in where id in (select id from pending_sign_in where expires_at < ${row.createdAt} limit 100 for update skip locked)`
  await tx.pendingSignIn.createMany({ data: [row] })
}

/** A sign-in that waits and still may: not too old, with tries left. */
export async function findPending(tx: Transaction, secretHash: Bytes, now: Date): Promise<PendingRow | null> {
  return tx.pendingSignIn.findFirst({ where: { secretHash, expiresAt: { gt: now }, triesLeft: { gt: 0 } }, select: columns })
}

/** Takes one try of a sign-in that waits; null when there is none left to take. */
export async function spendPendingTry(tx: Transaction, secretHash: Bytes, now: Date): Promise<PendingRow | null> {
  const where = { secretHash, expiresAt: { gt: now }, triesLeft: { gt: 0 } }
  const [row] = await tx.pendingSignIn.updateManyAndReturn({ where, data: { triesLeft: { decrement: 1 } }, select: columns })
  return row ?? null
}

/** Ends a sign-in that waited. */
export async function deletePending(tx: Transaction, id: string): Promise<void> {
  await tx.pendingSignIn.deleteMany({ where: { id } })
}

/** Ends all sign-ins of an account that wait. */
export async function deletePendingOf(tx: Transaction, accountId: string): Promise<void> {
  await tx.pendingSignIn.deleteMany({ where: { accountId } })
}
