import type { Reader, Transaction } from "#platform/database.ts"
import type { Rank } from "#policy/ranks.ts"
import type { PartyKind } from "#policy/viewer.ts"
import { holdAccount } from "../accounts/hold-account.ts"

export type SessionRow = {
  id: string
  accountId: string
  partyId: string
  kind: PartyKind
  rank: Rank
  username: string
  locale: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  mustSetUp: boolean
}

/**
 * The session with this secret, if it was not ended and its account and role still stand. One statement, for every page. A second step is needed in every role
 * of who acts for an office or employer in one of them: what is unread is told over all.
 */
export async function findSession(reader: Reader, secretHash: Uint8Array): Promise<SessionRow | null> {
  const [row] = await reader.$queryRaw<SessionRow[]>`
    select s.id, s.account_id as "accountId", s.party_id as "partyId", a.kind::text as kind, r.rank, c.username, c.locale,
           s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
           not c.may_put_off_second_step and exists (select from live_roles(c.id) l where l.kind::text <> 'employee')
             and not exists (select from totp t where t.account_id = c.id and t.sealed is not null)
             and not exists (select from passkey p where p.account_id = c.id) as "mustSetUp"
    from session s
      join account c on c.id = s.account_id
      join account_role r on r.account_id = s.account_id and r.party_id = s.party_id
      join audience a on a.id = s.party_id
    where s.secret_hash = ${secretHash} and s.ended_at is null and c.blocked_at is null and r.ended_at is null and r.blocked_at is null`
  return row ?? null
}

/** Begins a session. What ends those of its account at the same moment waits until it is there, so that it ends this one too. */
export async function insertSession(
  tx: Transaction,
  session: { id: string; accountId: string; partyId: string; secretHash: Uint8Array<ArrayBuffer>; device: string | null; expiresAt: Date; createdAt: Date; confirmedAt?: Date },
): Promise<void> {
  await holdAccount(tx, session.accountId)
  await tx.session.createMany({ data: [{ ...session, lastSeenAt: session.createdAt, confirmedAt: session.confirmedAt ?? session.createdAt }] })
}

/** Writes down that a session was used. */
export async function touchSession(tx: Transaction, sessionId: string, now: Date): Promise<void> {
  await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { lastSeenAt: now } })
}

/** Ends sessions: one, all of an account, or those in which it acts for one party. */
export async function endSessions(tx: Transaction, which: { id: string; accountId?: string } | { accountId: string; partyId?: string }, now: Date): Promise<void> {
  if (which.accountId !== undefined) await holdAccount(tx, which.accountId)
  await tx.session.updateMany({ where: { ...which, endedAt: null }, data: { endedAt: now } })
}

/** When the holder of a session last proved to be that; null when it was ended. */
export async function findConfirmedAt(tx: Transaction, id: string): Promise<Date | null> {
  const session = await tx.session.findUnique({ where: { id, endedAt: null }, select: { confirmedAt: true } })
  return session?.confirmedAt ?? null
}

/** Notes that the holder of a session proved it once more. */
export async function confirmSession(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, endedAt: null }, data: { confirmedAt: now } })
}

/** Ends one session that still stood, and tells how long it could have lived and when it was confirmed; null when it was ended already. */
export async function endSession(tx: Transaction, id: string, now: Date): Promise<{ expiresAt: Date; confirmedAt: Date } | null> {
  const [ended] = await tx.session.updateManyAndReturn({ where: { id, endedAt: null }, data: { endedAt: now }, select: { expiresAt: true, confirmedAt: true } })
  return ended ?? null
}

/** Gives a session that still stands another secret; false when it was ended. */
export async function updateSessionSecret(tx: Transaction, id: string, secretHash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return (await tx.session.updateMany({ where: { id, endedAt: null }, data: { secretHash } })).count === 1
}

/** Ends the sessions of an account but for one. */
export async function endOtherSessions(tx: Transaction, { accountId, except }: { accountId: string; except: string }, now: Date): Promise<void> {
  await holdAccount(tx, accountId)
  await tx.session.updateMany({ where: { accountId, id: { not: except }, endedAt: null }, data: { endedAt: now } })
}

/** A session as its holder sees it. */
export type ListedSession = { id: string; partyId: string; device: string | null; createdAt: Date; lastSeenAt: Date }

/** The sessions of an account that were not ended and are not too old, the one used last first. */
export async function findSessions(reader: Reader, accountId: string, now: Date): Promise<ListedSession[]> {
  return reader.$queryRaw<ListedSession[]>`
    select id, party_id as "partyId", device, created_at as "createdAt", last_seen_at as "lastSeenAt"
    from session where account_id = ${accountId}::uuid and ended_at is null and expires_at > ${now} order by last_seen_at desc, id limit 100`
}

/** Whether a session is one of this account, ended or not. */
export async function isSessionOf(tx: Transaction, id: string, accountId: string): Promise<boolean> {
  return (await tx.session.count({ where: { id, accountId } })) > 0
}
