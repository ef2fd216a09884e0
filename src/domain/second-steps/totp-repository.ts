import type { Transaction } from "#platform/database.ts"

type Bytes = Uint8Array<ArrayBuffer>

/** The code app of an account: the sealed secret that counts, and the one that waits to be confirmed. */
export type TotpRow = { sealed: Bytes | null; failures: number; waiting: Bytes | null; waitingAt: Date | null }

/** The code app of an account, if it began with one. */
export async function findTotp(tx: Transaction, accountId: string): Promise<TotpRow | null> {
  return tx.totp.findUnique({ where: { accountId }, select: { sealed: true, failures: true, waiting: true, waitingAt: true } })
}

/** Keeps a secret that is shown, until a code confirms it. */
export async function keepWaiting(tx: Transaction, accountId: string, waiting: Bytes, now: Date): Promise<void> {
  await tx.totp.upsert({ where: { accountId }, create: { accountId, waiting, waitingAt: now }, update: { waiting, waitingAt: now }, select: { accountId: true } })
}

/** Lets the secret that waited count from now on, with the step of its first code used up. False when another one came first. */
export async function confirmWaiting(tx: Transaction, accountId: string, waiting: Bytes, step: number, now: Date): Promise<boolean> {
  const { count } = await tx.totp.updateMany({
    where: { accountId, waiting },
    data: { sealed: waiting, lastStep: step, since: now, failures: 0, waiting: null, waitingAt: null },
  })
  return count === 1
}

/** Uses a step up, once: false when that one or a later one was used before. One statement, so that of two at the same moment one gets it (RFC 6238, section 5.2). */
export async function useStep(tx: Transaction, accountId: string, step: number): Promise<boolean> {
  const { count } = await tx.totp.updateMany({ where: { accountId, sealed: { not: null }, lastStep: { lt: step } }, data: { lastStep: step, failures: 0 } })
  return count === 1
}

/** Counts a wrong code. */
export async function addFailure(tx: Transaction, accountId: string): Promise<void> {
  await tx.totp.updateMany({ where: { accountId, sealed: { not: null } }, data: { failures: { increment: 1 } } })
}

/** Takes the code app away. False when there was none. */
export async function deleteTotp(tx: Transaction, accountId: string): Promise<boolean> {
  const { count } = await tx.totp.deleteMany({ where: { accountId, sealed: { not: null } } })
  return count === 1
}
