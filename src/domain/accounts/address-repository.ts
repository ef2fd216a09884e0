import type { Transaction } from "#platform/database.ts"

export type AddressLinkRow = { id: string; accountId: string; address: string; expiresAt: Date; usedAt: Date | null; endedAt: Date | null }

const columns = { id: true, accountId: true, address: true, expiresAt: true, usedAt: true, endedAt: true } as const

/** The link with this token, held by the transaction, so that two at once use it once. */
export async function holdAddressLink(tx: Transaction, tokenHash: Uint8Array<ArrayBuffer>): Promise<AddressLinkRow | null> {
  await tx.$queryRaw`select id from address_link where token_hash = ${tokenHash} for update`
  return tx.addressLink.findUnique({ where: { tokenHash }, select: columns })
}

/** Adds a link and ends the account's older ones. */
export async function replaceAddressLink(
  tx: Transaction,
  link: { id: string; accountId: string; address: string; tokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await endAddressLinks(tx, link.accountId, link.createdAt)
  await tx.addressLink.createMany({ data: [link] })
}

/** Ends the links of an account that were not used. */
export async function endAddressLinks(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await tx.addressLink.updateMany({ where: { accountId, usedAt: null, endedAt: null }, data: { endedAt: now } })
}

/** How many links an account asked since a moment. */
export async function countAddressLinks(tx: Transaction, accountId: string, since: Date): Promise<number> {
  return tx.addressLink.count({ where: { accountId, createdAt: { gt: since } } })
}

/** Marks a link as used. */
export async function useAddressLink(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.addressLink.updateMany({ where: { id }, data: { usedAt: now } })
}

/** The address that waits for its link to be used, if there is one. */
export async function findWaitingAddress(tx: Transaction, accountId: string, now: Date): Promise<string | null> {
  const waiting = await tx.addressLink.findFirst({ where: { accountId, usedAt: null, endedAt: null, expiresAt: { gt: now } }, select: { address: true } })
  return waiting?.address ?? null
}

/** The private address of an account: that of the employments it acts for, which all have the same. */
export async function findPrivateEmail(tx: Transaction, accountId: string): Promise<string | null> {
  const found = await tx.employee.findFirst({
    where: { privateEmail: { not: null }, audience: { roles: { some: { accountId, endedAt: null } } } },
    select: { privateEmail: true },
  })
  return found?.privateEmail ?? null
}

/** Sets the private address at every employment that an account acts for. */
export async function updatePrivateEmail(tx: Transaction, accountId: string, privateEmail: string | null): Promise<void> {
  await tx.employee.updateMany({ where: { audience: { roles: { some: { accountId, endedAt: null } } } }, data: { privateEmail } })
}
