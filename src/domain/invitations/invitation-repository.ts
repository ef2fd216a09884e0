import type { Reader, Transaction } from "#platform/database.ts"
import type { AccessState } from "#policy/access-states.ts"
import { holdParties } from "../accounts/hold-parties.ts"

/** `replacedAt` of the newest one: ended without another in its place. */
export type InvitationRow = { id: string; partyId: string; expiresAt: Date; usedAt: Date | null; withdrawnAt: Date | null; replacedAt: Date | null; triesLeft: number }

export type NewInvitation = { id: string; accountId: string; partyId: string; byAccountId: string | null; tokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date; triesLeft: number }

/** The newest invitation of an account, held by the transaction, so that tries, using and withdrawing wait for each other. */
export async function holdNewestInvitation(tx: Transaction, accountId: string): Promise<InvitationRow | null> {
  await tx.$queryRaw`select id from invitation where account_id = ${accountId}::uuid for update`
  const select = { id: true, partyId: true, expiresAt: true, usedAt: true, withdrawnAt: true, replacedAt: true, triesLeft: true } as const
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

export type OwnRole = { roleId: string; accountId: string; hasPassword: boolean; blockedAt: Date | null }

/** The role of a party's own account, held by the transaction: the oldest, and not of somebody who works there. */
export async function holdOwnRole(tx: Transaction, partyId: string): Promise<OwnRole | null> {
  await holdParties(tx, [partyId])
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

/** Whether payroll knows something to ask of a party beside the link to a first password. */
export async function hasProof(tx: Transaction, partyId: string): Promise<boolean> {
  const party = await tx.audience.findUnique({ where: { id: partyId }, select: { employee: { select: { birthDate: true } }, employer: { select: { wageTaxNumber: true } } } })
  return Boolean(party?.employee?.birthDate ?? party?.employer?.wageTaxNumber)
}

/** Where a party in sight stands: the state, since when that is known, what the database keeps of it ("none" without an account), and why mail does not arrive there. */
export type AccessRow = { state: AccessState; since: Date | null; access: string; trouble: string | null }

/** The access of an employee or employer that the reader may see, at a moment. */
export async function findAccess(reader: Reader, partyId: string, now: Date): Promise<AccessRow | null> {
  const [row] = await reader.$queryRaw<AccessRow[]>`
    select state, access, mail_trouble as trouble, case when state = 'bounced' and mail_trouble is not null then mail_trouble_at when state = 'active' then active_at when state = 'expired' then access_until
                               when state in ('blocked', 'withdrawn', 'bounced', 'delivered', 'invited') then access_at end as since
    from (
      select access, access_at, access_until, active_at, mail_trouble, mail_trouble_at, access_state(access, access_until, contact_email is not null, birth_date is not null, ${now}::timestamptz, mail_trouble) as state
      from employee where id = ${partyId}::uuid
      union all
      select access, access_at, access_until, active_at, mail_trouble, mail_trouble_at, access_state(access, access_until, email is not null, wage_tax_number <> '', ${now}::timestamptz, mail_trouble)
      from employer where id = ${partyId}::uuid
    ) as party`
  return row ?? null
}
