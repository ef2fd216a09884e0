import type { Transaction } from "#platform/database.ts"

/** `partyId` names whose contact address it is; null for the private address. */
export type AddressLinkRow = { id: string; accountId: string; address: string; partyId: string | null; expiresAt: Date; usedAt: Date | null; endedAt: Date | null }

const columns = { id: true, accountId: true, address: true, partyId: true, expiresAt: true, usedAt: true, endedAt: true } as const

/** The link with this token, held by the transaction, so that two at once use it once. */
export async function holdAddressLink(tx: Transaction, tokenHash: Uint8Array<ArrayBuffer>): Promise<AddressLinkRow | null> {
  await tx.$queryRaw`select id from address_link where token_hash = ${tokenHash} for update`
  return tx.addressLink.findUnique({ where: { tokenHash }, select: columns })
}

/** Which of an account's addresses a link is about: the contact address of a party, or with null the private one. */
export type WhichAddress = { accountId: string; partyId: string | null }

export type NewAddressLink = WhichAddress & { id: string; address: string; byPartyId: string | null; tokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date }

/** Adds a link and ends the older ones about the same address. */
export async function replaceAddressLink(tx: Transaction, link: NewAddressLink): Promise<void> {
  await endAddressLinks(tx, link, link.createdAt)
  await tx.addressLink.createMany({ data: [link] })
}

/** Ends the links about one address of an account that were not used. */
export async function endAddressLinks(tx: Transaction, { accountId, partyId }: WhichAddress, now: Date): Promise<void> {
  await tx.addressLink.updateMany({ where: { accountId, partyId, usedAt: null, endedAt: null }, data: { endedAt: now } })
}

/** How many links there were about one address of an account since a moment. */
export async function countAddressLinks(tx: Transaction, { accountId, partyId }: WhichAddress, since: Date): Promise<number> {
  return tx.addressLink.count({ where: { accountId, partyId, createdAt: { gt: since } } })
}

/** By whom the contact address of a party was changed last, while its account was in use, with the name of who that is; null when it never was. */
export async function findChanger(tx: Transaction, { accountId, partyId }: WhichAddress): Promise<{ byPartyId: string | null; name: string | null } | null> {
  const link = await tx.addressLink.findFirst({ where: { accountId, partyId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], select: { byPartyId: true } })
  if (!link?.byPartyId) return link && { byPartyId: null, name: null }
  const by = await tx.audience.findUnique({ where: { id: link.byPartyId }, select: { office: { select: { name: true } }, employer: { select: { name: true } } } })
  return { byPartyId: link.byPartyId, name: by?.office?.name ?? by?.employer?.name ?? null }
}

/** Marks a link as used. */
export async function useAddressLink(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.addressLink.updateMany({ where: { id }, data: { usedAt: now } })
}

/** The addresses of an account that wait for their link to be used. */
export async function findWaitingAddresses(tx: Transaction, accountId: string, now: Date): Promise<string[]> {
  const waiting = await tx.addressLink.findMany({ where: { accountId, usedAt: null, endedAt: null, expiresAt: { gt: now } }, orderBy: { expiresAt: "asc" }, select: { address: true } })
  return [...new Set(waiting.map(({ address }) => address))]
}

/** The private address that waits for its link to be used, if there is one. */
export async function findWaitingAddress(tx: Transaction, accountId: string, now: Date): Promise<string | null> {
  const waiting = await tx.addressLink.findFirst({ where: { accountId, partyId: null, usedAt: null, endedAt: null, expiresAt: { gt: now } }, select: { address: true } })
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
