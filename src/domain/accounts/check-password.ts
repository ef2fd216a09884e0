import { asSystem, asSystemOnce } from "#platform/database.ts"
import { checkAgainst, hashPassword } from "#platform/passwords.ts"
import { hashSecret } from "#platform/secrets.ts"
import { TooBusy } from "#platform/turns.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import { tryLimits } from "#policy/try-limits.ts"
import type { PartyKind } from "#policy/viewer.ts"
import { assertMayTry, noteFailure, type Tried } from "../attempts/limit-tries.ts"
import { recordEvents } from "../audit/record-event.ts"
import { isKnownBrowser } from "../sessions/seen-device.ts"
import { findAccountForSignIn, renewPasswordHash, type AccountForSignIn } from "./account-repository.ts"
import { normaliseUsername } from "./username.ts"

/** Whose password it was, by which hash, and the party that account acts for first. */
export type Known = { accountId: string; partyId: string; kind: PartyKind; passwordHash: string | null }

/** Where a try comes from: the address on the internet that counts as its source, and the secret of the browser where it has one. */
export type From = { source?: string | null; browser?: string | null }

/**
 * Checks username (an office: its client number) and password. Refuses with one answer, after the same work, whether the name or the password was
 * wrong; with TooMany and how long to wait after several wrong tries (policy/try-limits.ts), and when more want in than can be looked at. A password
 * whose hash is of older making is hashed anew.
 */
export async function checkPassword(input: { username: string; password: string } & From, now: Date): Promise<Known> {
  const username = normaliseUsername(input.username)
  const system = asSystemOnce("sign-in")
  const account = username ? await findAccountForSignIn(system, username) : null
  const tried = await triesOf(username, account, input)
  await assertMayTry(tried, "sign-in-too-many", now)
  const { fits, isStale } = await checkInTurn(account?.passwordHash ?? null, input.password)
  /** Again, for what failed while this one waited its turn: many tries at once are no way around a limit. */
  await assertMayTry(tried, "sign-in-too-many", now)
  const { partyId, partyKind } = account ?? {}
  if (account && fits && !account.blocked && partyId && partyKind) {
    const passwordHash = isStale ? await hashAnew(account, input.password) : account.passwordHash
    return { accountId: account.id, partyId, kind: partyKind, passwordHash }
  }
  await asSystem("sign-in", async (tx) => {
    await noteFailure(tx, tried, now)
    if (account) await recordEvents(tx, [{ chainId: account.id, kind: "account.sign-in-failed", subjectId: account.id }])
  })
  throw new Invalid("sign-in-failed")
}

/** Hashes the same password anew; not in the place of another that was chosen meanwhile. */
async function hashAnew({ id, passwordHash }: AccountForSignIn, password: string): Promise<string> {
  const anew = await hashPassword(password)
  await renewPasswordHash(asSystemOnce("sign-in"), id, passwordHash, anew)
  return anew
}

/** As checkAgainst; TooMany while too many wait. */
export async function checkInTurn(hash: string | null, password: string): Promise<{ fits: boolean; isStale: boolean }> {
  return unlessTooBusy(checkAgainst(hash, password.slice(0, 1000)))
}

/** The same; TooMany "sign-in-busy" where too many were waiting. */
export async function unlessTooBusy<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof TooBusy ? new TooMany("sign-in-busy", { seconds: 10, minutes: 1 }) : error
  })
}

/**
 * What a try counts for: its source and the name. A browser that signed in to this account before counts by itself, so that strangers cannot keep its holder
 * waiting; a passkey and a new link are ways in that they cannot make wait at all.
 */
async function triesOf(username: string, account: AccountForSignIn | null, { source, browser }: From): Promise<Tried[]> {
  if (account && browser && (await isKnownBrowser(asSystemOnce("sign-in"), account.id, browser))) {
    return [{ about: "sign-in-known", of: `${username} ${Buffer.from(hashSecret(browser)).toString("hex")}`, limit: tryLimits.device }]
  }
  return [...(source ? [{ about: "sign-in-from", of: source, limit: tryLimits.source }] : []), { about: "sign-in", of: username, limit: tryLimits.account }]
}
