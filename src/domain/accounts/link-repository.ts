import type { Transaction } from "#platform/database.ts"

export type PasswordLinkRow = { id: string; accountId: string; expiresAt: Date; usedAt: Date | null; endedAt: Date | null; triesLeft: number }

/** The link with this token, held by the transaction when `hold` is set, so that two at once use it once. */
export async function findPasswordLink(tx: Transaction, tokenHash: Uint8Array, hold = false): Promise<PasswordLinkRow | null> {
  const columns = { id: true, accountId: true, expiresAt: true, usedAt: true, endedAt: true, triesLeft: true } as const
  const hash = new Uint8Array(tokenHash)
  if (hold) await tx.$queryRaw`select id from password_link where token_hash = ${hash} for update`
  return tx.passwordLink.findUnique({ where: { tokenHash: hash }, select: columns })
}

/** Adds a link and ends the account's older ones. */
export async function replacePasswordLink(
  tx: Transaction,
  link: { id: string; accountId: string; tokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date; triesLeft: number },
): Promise<void> {
  await tx.passwordLink.updateMany({ where: { accountId: link.accountId, usedAt: null, endedAt: null }, data: { endedAt: link.createdAt } })
  await tx.passwordLink.createMany({ data: [link] })
}

/** How many links an account asked since a moment. */
export async function countPasswordLinks(tx: Transaction, accountId: string, since: Date): Promise<number> {
  return tx.passwordLink.count({ where: { accountId, createdAt: { gt: since } } })
}

/** Takes one try from a link. */
export async function spendTry(tx: Transaction, linkId: string): Promise<void> {
  await tx.passwordLink.updateMany({ where: { id: linkId, triesLeft: { gt: 0 } }, data: { triesLeft: { decrement: 1 } } })
}

/** Marks a link as used. */
export async function usePasswordLink(tx: Transaction, linkId: string, now: Date): Promise<void> {
  await tx.passwordLink.update({ where: { id: linkId }, data: { usedAt: now }, select: { id: true } })
}

/** How often something went wrong for a key in the window that began at `windowAt`. */
export async function countAttempts(tx: Transaction, key: Uint8Array<ArrayBuffer>, windowAt: Date): Promise<number> {
  const row = await tx.attempt.findUnique({ where: { key_windowAt: { key, windowAt } }, select: { count: true } })
  return row?.count ?? 0
}

/** Counts one more. */
export async function addAttempt(tx: Transaction, key: Uint8Array<ArrayBuffer>, windowAt: Date): Promise<void> {
  await tx.$executeRaw`
    insert into attempt (key, window_at, count) values (${key}, ${windowAt}, 1)
    on conflict (key, window_at) do update set count = attempt.count + 1`
}
