import { asSystem, asSystemOnce } from "#platform/database.ts"
import { passwordFits } from "#platform/passwords.ts"
import { blindIndex } from "#platform/secrets.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import { signInLimits } from "#policy/link-limits.ts"
import type { PartyKind } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findAccountForSignIn } from "./account-repository.ts"
import { addAttempt, countAttempts } from "./link-repository.ts"
import { normaliseUsername } from "./username.ts"

/** Whose password it was, and the party that account acts for first. */
export type Known = { accountId: string; partyId: string; kind: PartyKind }

/**
 * Checks username (an office: its client number) and password. Refuses with one answer, after the same work, whether the name or the password was
 * wrong; with TooMany after ten wrong tries.
 */
export async function checkPassword(input: { username: string; password: string }, now: Date): Promise<Known> {
  const username = normaliseUsername(input.username)
  const key = blindIndex("attempt", `sign-in:${username}`)
  const windowAt = new Date(Math.floor(now.getTime() / signInLimits.window) * signInLimits.window)
  const system = asSystemOnce("sign-in")
  const assertMayTry = async () => {
    if ((await countAttempts(system, key, windowAt)) < signInLimits.failures) return
    throw new TooMany("sign-in-too-many", { seconds: Math.ceil((windowAt.getTime() + signInLimits.window - now.getTime()) / 1000) })
  }
  await assertMayTry()
  const account = username ? await findAccountForSignIn(system, username) : null
  const fits = await passwordFits(account?.passwordHash ?? null, input.password.slice(0, 1000))
  /** Again, for what failed while this one waited its turn: many tries at once are no way around the limit. */
  await assertMayTry()
  const { partyId, partyKind } = account ?? {}
  if (account && fits && !account.blocked && partyId && partyKind) return { accountId: account.id, partyId, kind: partyKind }
  await asSystem("sign-in", async (tx) => {
    await addAttempt(tx, key, windowAt)
    if (account) await recordEvents(tx, [{ chainId: account.id, kind: "account.sign-in-failed", subjectId: account.id }])
  })
  throw new Invalid("sign-in-failed")
}
