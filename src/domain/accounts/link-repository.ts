import type { Transaction } from "#platform/database.ts"

export type PasswordLinkRow = { id: string; accountId: string; expiresAt: Date; usedAt: Date | null; endedAt: Date | null; triesLeft: number; address: string | null }

/** The link with this token, held by the transaction when `hold` is set, so that two at once use it once. */
export async function findPasswordLink(tx: Transaction, tokenHash: Uint8Array, hold = false): Promise<PasswordLinkRow | null> {
  const columns = { id: true, accountId: true, expiresAt: true, usedAt: true, endedAt: true, triesLeft: true, address: true } as const
  const hash = new Uint8Array(tokenHash)
  if (hold) await tx.$queryRaw`select id from password_link where token_hash = ${hash} for update`
  return tx.passwordLink.findUnique({ where: { tokenHash: hash }, select: columns })
}

export type NewPasswordLink = { id: string; accountId: string; askingId: string; address: string; tokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date; triesLeft: number }

/** Adds links. Older ones go on until they are over or one is used: a stranger who asks a link does not take away what the holder just got. */
export async function insertPasswordLinks(tx: Transaction, links: readonly NewPasswordLink[]): Promise<void> {
  await tx.passwordLink.createMany({ data: [...links] })
}

/** How often links of an account were asked since a moment, to however many addresses each time. */
export async function countAskings(tx: Transaction, accountId: string, since: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(distinct coalesce(asking_id, id))::int as count from password_link where account_id = ${accountId}::uuid and created_at > ${since}`
  return row?.count ?? 0
}

/** Takes one try from a link. */
export async function spendTry(tx: Transaction, linkId: string): Promise<void> {
  await tx.passwordLink.updateMany({ where: { id: linkId, triesLeft: { gt: 0 } }, data: { triesLeft: { decrement: 1 } } })
}

/** Marks a link as used, and ends the account's others. */
export async function usePasswordLink(tx: Transaction, link: { id: string; accountId: string }, now: Date): Promise<void> {
  await tx.passwordLink.update({ where: { id: link.id }, data: { usedAt: now }, select: { id: true } })
  await endPasswordLinks(tx, link.accountId, now)
}

/** Ends the links of an account that were not used. */
export async function endPasswordLinks(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await tx.passwordLink.updateMany({ where: { accountId, usedAt: null, endedAt: null }, data: { endedAt: now } })
}

/** Ends the links of an account that were mailed to an address and not used. */
export async function endPasswordLinksAt(tx: Transaction, accountId: string, address: string, now: Date): Promise<void> {
  const at = { equals: address, mode: "insensitive" } as const
  await tx.passwordLink.updateMany({ where: { accountId, address: at, usedAt: null, endedAt: null }, data: { endedAt: now } })
}
