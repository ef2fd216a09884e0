import type { Transaction } from "#platform/database.ts"
import { PARTY_KINDS, type PartyKind } from "#policy/viewer.ts"

/** What signing in needs to know of an account; the only place its password hash is read. */
export type AccountForSignIn = { id: string; passwordHash: string | null; blocked: boolean; partyId: string | null; partyKind: PartyKind | null }

/** An account by its normalised username, with the party it acts for first: the one it holds longest. */
export async function findAccountForSignIn(tx: Transaction, username: string): Promise<AccountForSignIn | null> {
  const account = await tx.account.findUnique({
    where: { username },
    select: {
      id: true,
      passwordHash: true,
      blockedAt: true,
      roles: { where: { endedAt: null, blockedAt: null }, orderBy: { id: "asc" }, take: 1, select: { party: { select: { id: true, kind: true } } } },
    },
  })
  if (!account) return null
  const party = account.roles[0]?.party
  const partyKind = PARTY_KINDS.find((kind) => kind === party?.kind) ?? null
  return { id: account.id, passwordHash: account.passwordHash, blocked: account.blockedAt !== null, partyId: party?.id ?? null, partyKind }
}

/** What is known of the person behind an account, for the check before a first password. */
export type AccountHolder = {
  id: string
  username: string
  locale: string
  hasPassword: boolean
  blocked: boolean
  /** Where the holder is mailed, when that is somebody who works for a party; else the parties' own addresses count. */
  email: string | null
  /** How many parties it acts for; those for which it is blocked count, and are not among `parties`. */
  roles: number
  parties: { id: string; kind: PartyKind; contactEmail: string | null; privateEmail: string | null; birthDate: string | null; wageTaxNumber: string | null; name: string }[]
}

/** An account with the parties it acts for, by username or by id. */
export async function findAccountHolder(tx: Transaction, by: { username: string } | { id: string }): Promise<AccountHolder | null> {
  const account = await tx.account.findUnique({
    where: by,
    select: { id: true, username: true, locale: true, passwordHash: true, blockedAt: true, email: true },
  })
  if (!account) return null
  const roles = await tx.accountRole.findMany({
    where: { accountId: account.id, endedAt: null },
    orderBy: { id: "asc" },
    select: {
      blockedAt: true,
      party: {
        select: {
          id: true,
          office: { select: { name: true, email: true } },
          employer: { select: { name: true, email: true, wageTaxNumber: true } },
          employee: { select: { surname: true, contactEmail: true, privateEmail: true, birthDate: true } },
        },
      },
    },
  })
  const parties = roles.filter(({ blockedAt }) => blockedAt === null).flatMap(({ party }): AccountHolder["parties"] => {
    const nothing = { id: party.id, contactEmail: null, privateEmail: null, birthDate: null, wageTaxNumber: null }
    if (party.office) return [{ ...nothing, kind: "office", contactEmail: party.office.email, name: party.office.name }]
    if (party.employer) {
      const { name, email, wageTaxNumber } = party.employer
      return [{ ...nothing, kind: "employer", contactEmail: email, wageTaxNumber, name }]
    }
    if (!party.employee) return []
    const { surname, contactEmail, privateEmail, birthDate } = party.employee
    return [{ ...nothing, kind: "employee", contactEmail, privateEmail, birthDate: birthDate?.toISOString().slice(0, 10) ?? null, name: surname }]
  })
  const { id, username, locale, email } = account
  return { id, username, locale, email, roles: roles.length, hasPassword: account.passwordHash !== null, blocked: account.blockedAt !== null, parties }
}

/** Locks the row of an account until the transaction ends. */
export async function lockAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.$queryRaw`select id from account where id = ${accountId}::uuid for no key update`
}

/** Which of these usernames are taken. */
export async function findTakenUsernames(tx: Transaction, usernames: readonly string[]): Promise<Set<string>> {
  const taken = await tx.account.findMany({ where: { username: { in: [...usernames] } }, select: { username: true } })
  return new Set(taken.map((account) => account.username))
}

/** Adds accounts without a password, each with one role. */
export async function insertAccounts(
  tx: Transaction,
  accounts: readonly { id: string; roleId: string; username: string; partyId: string; locale: string; passwordHash?: string; mayPutOffSecondStep?: boolean }[],
): Promise<void> {
  await tx.account.createMany({
    data: accounts.map(({ id, username, locale, passwordHash = null, mayPutOffSecondStep = false }) => ({ id, username, locale, passwordHash, mayPutOffSecondStep })),
  })
  await tx.accountRole.createMany({ data: accounts.map(({ id, roleId, partyId }) => ({ id: roleId, accountId: id, partyId })) })
}

/** Gives an account a password and a username. */
export async function updateCredentials(tx: Transaction, accountId: string, username: string, passwordHash: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { username, passwordHash } })
}

/** Puts one hash of a password in the place of another, where that one still stands. */
export async function renewPasswordHash(tx: Transaction, accountId: string, from: string | null, to: string): Promise<void> {
  await tx.account.updateMany({ where: { id: accountId, passwordHash: from }, data: { passwordHash: to } })
}

/** Gives an account another password, and nothing else. */
export async function updatePassword(tx: Transaction, accountId: string, passwordHash: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { passwordHash } })
}

/** Takes an account's password away: it signs in no more until another is chosen. */
export async function forgetPassword(tx: Transaction, accountId: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { passwordHash: null } })
}

/** Notes that somebody is inside for these parties. */
export async function markActive(tx: Transaction, partyIds: readonly string[], now: Date): Promise<void> {
  const where = { id: { in: [...partyIds] }, activeAt: null }
  await tx.employee.updateMany({ where, data: { activeAt: now } })
  await tx.employer.updateMany({ where, data: { activeAt: now } })
}

/** The accounts that act for these parties, by party, each with the address of who holds it, where that is somebody who works there; blocked ones too. `seesParty`: more than the overviews. */
export async function findAccountsOf(tx: Transaction, partyIds: readonly string[]): Promise<Map<string, { accountId: string; email: string | null; isBlocked: boolean; seesParty: boolean }[]>> {
  const roles = await tx.accountRole.findMany({
    where: { partyId: { in: [...partyIds] }, endedAt: null },
    select: { partyId: true, accountId: true, blockedAt: true, rank: true, account: { select: { email: true, blockedAt: true } } },
  })
  return new Map([...Map.groupBy(roles, (role) => role.partyId)].map(([partyId, found]) => [partyId, found.map(({ accountId, account, blockedAt, rank }) => ({ accountId, seesParty: rank !== "overviews", email: account.email, isBlocked: (blockedAt ?? account.blockedAt) !== null }))]))
}
