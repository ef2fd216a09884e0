import type { Transaction } from "#platform/database.ts"
import { RANKS, type Rank } from "#policy/ranks.ts"

/** Somebody who may sign in for a party. `email` is null for the party's own account; `clients` null for all of them. */
export type StaffRow = {
  roleId: string
  accountId: string
  username: string
  name: string | null
  email: string | null
  rank: Rank
  clients: { id: string; name: string }[] | null
  hasPassword: boolean
}

const columns = {
  id: true,
  accountId: true,
  rank: true,
  onlySomeClients: true,
  account: { select: { username: true, name: true, email: true } },
  clients: { select: { employer: { select: { id: true, name: true } } } },
} as const

/** Who works for a party, in sight of its owner; the party's own account first, then by name. */
export async function findStaff(tx: Transaction, partyId: string): Promise<Omit<StaffRow, "hasPassword">[]> {
  const roles = await tx.accountRole.findMany({ where: { partyId, endedAt: null }, select: columns, orderBy: { id: "asc" } })
  const rows = roles.map(({ id, account, clients, onlySomeClients, rank, accountId }) => ({
    roleId: id,
    accountId,
    ...account,
    rank: rankOf(rank),
    clients: onlySomeClients ? clients.map(({ employer }) => employer).sort((a, b) => a.name.localeCompare(b.name, "nl")) : null,
  }))
  return rows.sort((a, b) => Number(a.email !== null) - Number(b.email !== null) || (a.name ?? "").localeCompare(b.name ?? "", "nl"))
}

/** Which of these accounts have a password: who has none did not come in yet. As the system. */
export async function findWithPassword(tx: Transaction, accountIds: readonly string[]): Promise<Set<string>> {
  const found = await tx.account.findMany({ where: { id: { in: [...accountIds] }, passwordHash: { not: null } }, select: { id: true } })
  return new Set(found.map(({ id }) => id))
}

/** The rank of an account at a party, held until the transaction ends; null when it has no live role there. As the system. */
export async function holdRank(tx: Transaction, accountId: string, partyId: string): Promise<Rank | null> {
  const [role] = await tx.$queryRaw<{ rank: string }[]>`
    select r.rank from account_role r join account c on c.id = r.account_id
    where r.account_id = ${accountId}::uuid and r.party_id = ${partyId}::uuid and r.ended_at is null and r.blocked_at is null and c.blocked_at is null for update of r`
  return role ? rankOf(role.rank) : null
}

/** A live role of a party, with whose it is, held until the transaction ends. As the system. */
export async function holdRole(tx: Transaction, roleId: string, partyId: string): Promise<{ accountId: string; rank: Rank; email: string | null } | null> {
  await tx.$queryRaw`select id from account_role where id = ${roleId}::uuid for update`
  const role = await tx.accountRole.findFirst({ where: { id: roleId, partyId, endedAt: null }, select: { accountId: true, rank: true, account: { select: { email: true } } } })
  return role ? { accountId: role.accountId, rank: rankOf(role.rank), email: role.account.email } : null
}

/** Lets those who change one party's staff wait for each other, until the transaction ends. */
export async function holdStaff(tx: Transaction, partyId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`staff:${partyId}`}, 0))::text`
}

/** Somebody with this address who works for the party, or did. As the system. */
export async function findByEmail(tx: Transaction, partyId: string, email: string): Promise<{ roleId: string; accountId: string; hasEnded: boolean; otherRoles: number } | null> {
  const role = await tx.accountRole.findFirst({
    where: { partyId, account: { email } },
    select: { id: true, accountId: true, endedAt: true, account: { select: { roles: { where: { endedAt: null, partyId: { not: partyId } }, select: { id: true } } } } },
  })
  return role ? { roleId: role.id, accountId: role.accountId, hasEnded: role.endedAt !== null, otherRoles: role.account.roles.length } : null
}

/** Gives a role, also one that had ended, its rank and its clients (null: all). As the system. */
export async function updateRole(tx: Transaction, roleId: string, { rank, clients }: { rank: Rank; clients: readonly string[] | null }): Promise<void> {
  await tx.accountRole.update({ where: { id: roleId }, data: { rank, onlySomeClients: clients !== null, endedAt: null } })
  await tx.roleClient.deleteMany({ where: { roleId } })
  if (clients) await tx.roleClient.createMany({ data: clients.map((employerId) => ({ roleId, employerId })) })
}

/** Says whose an account is. As the system. */
export async function updateHolder(tx: Transaction, accountId: string, { name, email }: { name: string; email: string }): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { name, email } })
}

/** Ends a role. As the system. */
export async function endRole(tx: Transaction, roleId: string, now: Date): Promise<void> {
  await tx.accountRole.update({ where: { id: roleId }, data: { endedAt: now } })
}


/** Which of these employers an office works for now. As the system. */
export async function findServed(tx: Transaction, officeId: string, employerIds: readonly string[]): Promise<Set<string>> {
  const found = await tx.engagement.findMany({ where: { officeId, endedAt: null, employerId: { in: [...employerIds] } }, select: { employerId: true } })
  return new Set(found.map(({ employerId }) => employerId))
}

/** Whether whoever was entered has all clients of the office, not some. */
export async function hasAllClients(tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ all: boolean }[]>`select viewer_has_all_clients() as "all"`
  return row?.all ?? false
}

function rankOf(text: string): Rank {
  return RANKS.find((rank) => rank === text) ?? "reader"
}
