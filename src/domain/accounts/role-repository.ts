import type { Transaction } from "#platform/database.ts"
import type { PartyKind } from "#policy/viewer.ts"

/** What kind of party an account may act for, when it holds a live role for that one and is not blocked; else null. */
export async function findLiveRole(tx: Transaction, accountId: string, partyId: string): Promise<PartyKind | null> {
  const [role] = await tx.$queryRaw<{ kind: PartyKind }[]>`
    select kind::text as kind from live_roles(${accountId}::uuid) where party = ${partyId}::uuid`
  return role?.kind ?? null
}

/** Gives an account a role more, or one that had ended back. */
export async function insertRole(tx: Transaction, role: { id: string; accountId: string; partyId: string }): Promise<void> {
  const { accountId, partyId } = role
  await tx.accountRole.upsert({ where: { accountId_partyId: { accountId, partyId } }, create: role, update: { endedAt: null, blockedAt: null }, select: { id: true } })
}

/** The roles of an account that did not end, blocked ones too. */
export async function findRoles(tx: Transaction, accountId: string): Promise<{ partyId: string; isBlocked: boolean }[]> {
  const roles = await tx.accountRole.findMany({ where: { accountId, endedAt: null }, orderBy: { id: "asc" }, select: { partyId: true, blockedAt: true } })
  return roles.map(({ partyId, blockedAt }) => ({ partyId, isBlocked: blockedAt !== null }))
}

/** Ends the role of an account at a party. */
export async function endRole(tx: Transaction, { accountId, partyId }: { accountId: string; partyId: string }, now: Date): Promise<void> {
  await tx.accountRole.updateMany({ where: { accountId, partyId, endedAt: null }, data: { endedAt: now } })
}

/** Locks the rows of parties, in one order for everybody, until the transaction ends, for others that do so; not for rows that refer to them. */
export async function lockParties(tx: Transaction, partyIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select id from audience where id = any (${[...partyIds]}::uuid[]) order by id for no key update`
}

/** Notes that nobody is inside for a party any more: it was not welcomed yet, and has no private address of who was. */
export async function forgetActive(tx: Transaction, partyId: string): Promise<void> {
  await tx.employee.updateMany({ where: { id: partyId }, data: { activeAt: null, welcomedAt: null, welcomeDueAt: null, privateEmail: null } })
  await tx.employer.updateMany({ where: { id: partyId }, data: { activeAt: null, welcomedAt: null } })
}

/** Those of these parties whose own account was taken away, and got no other since. */
export async function findTakenAway(tx: Transaction, partyIds: readonly string[]): Promise<Set<string>> {
  const own = { partyId: { in: [...partyIds] }, account: { email: null } }
  const [ended, live] = await Promise.all([
    tx.accountRole.findMany({ where: { ...own, endedAt: { not: null } }, select: { partyId: true } }),
    tx.accountRole.findMany({ where: { ...own, endedAt: null }, select: { partyId: true } }),
  ])
  const held = new Set(live.map(({ partyId }) => partyId))
  return new Set(ended.flatMap(({ partyId }) => (held.has(partyId) ? [] : [partyId])))
}

/** The live roles at a party of a rank that may change something, with the address of who holds the account; of an office those that have this client. */
export async function findWorkerRoles(tx: Transaction, partyId: string, employerId: string, ranks: ("owner" | "member")[]): Promise<{ accountId: string; email: string | null }[]> {
  const rows = await tx.accountRole.findMany({
    where: {
      partyId, endedAt: null, blockedAt: null, rank: { in: ranks }, account: { blockedAt: null },
      OR: [{ onlySomeClients: false }, { clients: { some: { employerId } } }],
    },
    orderBy: { id: "asc" },
    select: { accountId: true, account: { select: { email: true } } },
  })
  return rows.map(({ accountId, account }) => ({ accountId, email: account.email }))
}

/** What the holder of an account is called, where that was said. */
export async function findAccountName(tx: Transaction, accountId: string): Promise<string | null> {
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { name: true } })
  return account?.name ?? null
}
