import type { Transaction } from "#platform/database.ts"
import type { PasskeyCredential } from "#platform/passkeys.ts"

type Bytes = Uint8Array<ArrayBuffer>

/** A passkey as its holder sees it. */
export type PasskeyView = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }

/** The passkeys of an account, oldest first. */
export async function findPasskeys(tx: Transaction, accountId: string): Promise<(PasskeyView & { credentialId: Bytes })[]> {
  const columns = { id: true, name: true, createdAt: true, lastUsedAt: true, credentialId: true } as const
  return tx.passkey.findMany({ where: { accountId }, orderBy: { id: "asc" }, select: columns })
}

/** A passkey by what the browser calls it, with its account. */
export async function findCredential(tx: Transaction, credentialId: Bytes): Promise<(PasskeyCredential & { id: string; accountId: string; blocked: boolean; partyId: string | null }) | null> {
  const columns = { id: true, accountId: true, publicKey: true, counter: true, transports: true } as const
  const row = await tx.passkey.findUnique({
    where: { credentialId },
    select: { ...columns, account: { select: { blockedAt: true, roles: { where: { endedAt: null, blockedAt: null }, orderBy: { id: "asc" }, take: 1, select: { partyId: true } } } } },
  })
  if (!row) return null
  const { account, counter, ...rest } = row
  return { ...rest, credentialId, counter: Number(counter), blocked: account.blockedAt !== null, partyId: account.roles[0]?.partyId ?? null }
}

/** Adds a passkey. */
export async function insertPasskey(tx: Transaction, passkey: PasskeyCredential & { id: string; accountId: string; name: string; createdAt: Date }): Promise<void> {
  await tx.passkey.createMany({ data: [passkey] })
}

/** Writes down that a passkey was used. False when it says to have been used less often than before: a copy. One that does not count always says 0. */
export async function countPasskey(tx: Transaction, id: string, counter: number, now: Date): Promise<boolean> {
  const further = counter === 0 ? { counter: 0 } : { counter: { lt: counter } }
  const { count } = await tx.passkey.updateMany({ where: { id, ...further }, data: { counter, lastUsedAt: now } })
  return count === 1
}

/** Removes a passkey of an account. False when it has no such. */
export async function deletePasskey(tx: Transaction, accountId: string, id: string): Promise<boolean> {
  const { count } = await tx.passkey.deleteMany({ where: { id, accountId } })
  return count === 1
}

/** Removes all passkeys of an account. */
export async function deletePasskeysOf(tx: Transaction, accountId: string): Promise<void> {
  await tx.passkey.deleteMany({ where: { accountId } })
}

/** Keeps a challenge for one browser, and throws some away that are too old. */
export async function insertChallenge(tx: Transaction, row: { id: string; secretHash: Bytes; challenge: string; accountId: string | null; expiresAt: Date }, now: Date): Promise<void> {
  await tx.$executeRaw`delete from passkey_challenge where id in (select id from passkey_challenge where expires_at < ${now} limit 100 for update skip locked)`
  await tx.passkeyChallenge.createMany({ data: [row] })
}

/** Takes the challenge of a browser, once, when it was made for this account (null: for signing in) and is not too old. */
export async function takeChallenge(tx: Transaction, secretHash: Bytes, accountId: string | null, now: Date): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ challenge: string }[]>`
    delete from passkey_challenge where secret_hash = ${secretHash} and account_id is not distinct from ${accountId}::uuid and expires_at > ${now} returning challenge`
  return row?.challenge ?? null
}
