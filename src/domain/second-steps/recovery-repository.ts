import type { Transaction } from "#platform/database.ts"

/** Lays a new set of codes in the place of all that were. */
export async function replaceRecoveryCodes(tx: Transaction, accountId: string, codes: readonly { id: string; hash: Uint8Array<ArrayBuffer> }[], now: Date): Promise<void> {
  await deleteRecoveryCodes(tx, accountId)
  await tx.recoveryCode.createMany({ data: codes.map(({ id, hash }) => ({ id, accountId, hash, createdAt: now })) })
}

/** Takes all codes away. */
export async function deleteRecoveryCodes(tx: Transaction, accountId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { accountId } })
}

/** Uses a code up. False when the account has no such code that is still good; of two at the same moment one gets it. */
export async function useRecoveryCode(tx: Transaction, accountId: string, hash: Uint8Array<ArrayBuffer>, now: Date): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({ where: { accountId, hash, usedAt: null }, data: { usedAt: now } })
  return count === 1
}
