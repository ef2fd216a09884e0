import type { Transaction } from "#platform/database.ts"
import type { AccessFacts } from "#policy/access-states.ts"

export type InvitationRow = { id: string; partyId: string; expiresAt: Date; usedAt: Date | null; withdrawnAt: Date | null; triesLeft: number }

export type NewInvitation = { id: string; accountId: string; partyId: string; byAccountId: string | null; createdAt: Date; expiresAt: Date; triesLeft: number }

/** The newest invitation of an account, held by the transaction, so that tries, using and withdrawing wait for each other. */
export async function holdNewestInvitation(tx: Transaction, accountId: string): Promise<InvitationRow | null> {
  await tx.$queryRaw`select id from invitation where account_id = ${accountId}::uuid for update`
  const select = { id: true, partyId: true, expiresAt: true, usedAt: true, withdrawnAt: true, triesLeft: true } as const
  return tx.invitation.findFirst({ where: { accountId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], select })
}

/** Adds invitations; older ones of the same accounts that can still be used are replaced. */
export async function insertInvitations(tx: Transaction, invitations: readonly NewInvitation[], now: Date): Promise<void> {
  const accountId = { in: invitations.map((one) => one.accountId) }
  await tx.invitation.updateMany({ where: { accountId, usedAt: null, withdrawnAt: null, replacedAt: null }, data: { replacedAt: now } })
  await tx.invitation.createMany({ data: [...invitations] })
}

/** Takes one try. */
export async function spendInvitationTry(tx: Transaction, id: string): Promise<void> {
  await tx.invitation.updateMany({ where: { id, triesLeft: { gt: 0 } }, data: { triesLeft: { decrement: 1 } } })
}

/** Marks an invitation as used or withdrawn. */
export async function closeInvitation(tx: Transaction, id: string, how: { usedAt: Date } | { withdrawnAt: Date }): Promise<void> {
  await tx.invitation.updateMany({ where: { id }, data: how })
}

/** Lets the invitations of an account be over from this moment. */
export async function expireInvitations(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { accountId, usedAt: null, withdrawnAt: null, replacedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } })
}

/** Lets those who invite or block these parties wait for each other, until the transaction ends. */
export async function holdAudiences(tx: Transaction, partyIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select id from audience where id = any (${[...partyIds]}::uuid[]) order by id for no key update`
}

export type OwnRole = { roleId: string; accountId: string; hasPassword: boolean; blockedAt: Date | null }

/** The role of a party's own account, held by the transaction: the oldest, and not of somebody who works there. */
export async function holdOwnRole(tx: Transaction, partyId: string): Promise<OwnRole | null> {
  await holdAudiences(tx, [partyId])
  const role = await tx.accountRole.findFirst({
    where: { partyId, endedAt: null, account: { email: null } },
    orderBy: { id: "asc" },
    select: { id: true, accountId: true, blockedAt: true, account: { select: { passwordHash: true } } },
  })
  return role && { roleId: role.id, accountId: role.accountId, blockedAt: role.blockedAt, hasPassword: role.account.passwordHash !== null }
}

/** Blocks a role, or lets it in again. */
export async function updateBlocked(tx: Transaction, roleId: string, blockedAt: Date | null): Promise<void> {
  await tx.accountRole.update({ where: { id: roleId }, data: { blockedAt }, select: { id: true } })
}

/** What is known of the access of a party: its own account, its newest invitation, and how the newest welcome mail went. */
export async function findAccess(tx: Transaction, partyId: string): Promise<Omit<AccessFacts, "email">> {
  const role = await tx.accountRole.findFirst({
    where: { partyId, endedAt: null, account: { email: null } },
    orderBy: { id: "asc" },
    select: { accountId: true, blockedAt: true, account: { select: { passwordHash: true } }, party: { select: { employee: { select: { activeAt: true } }, employer: { select: { activeAt: true } } } } },
  })
  if (!role) return { account: null, invitation: null, mail: null }
  const { accountId, blockedAt, account, party } = role
  const select = { createdAt: true, expiresAt: true, withdrawnAt: true, triesLeft: true } as const
  const [invitation, mail] = await Promise.all([
    tx.invitation.findFirst({ where: { accountId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], select }),
    tx.mail.findFirst({ where: { accountId, kind: { startsWith: "welcome-" } }, orderBy: [{ queuedAt: "desc" }, { id: "desc" }], select: { state: true, queuedAt: true, sentAt: true } }),
  ])
  return {
    account: { hasPassword: account.passwordHash !== null, blockedAt, activeAt: party.employee?.activeAt ?? party.employer?.activeAt ?? null },
    invitation,
    mail: mail && { state: mail.state, at: mail.sentAt ?? mail.queuedAt },
  }
}
