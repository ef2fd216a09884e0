import { asSystem, asSystemOnce } from "#platform/database.ts"
import { Invalid } from "#policy/errors.ts"
import { tryLimits } from "#policy/try-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { assertMayTry, noteFailure } from "../attempts/limit-tries.ts"
import { recordEvents } from "../audit/record-event.ts"
import { checkInTurn } from "./check-password.ts"
import { findPasswordHash } from "./username-repository.ts"

/**
 * Refuses unless this is the viewer's own password: Invalid "password-wrong" at the field "current"; TooMany and how long to wait after several wrong ones.
 * Counted per session, so that nobody else makes the holder wait; and, more freely, over the sessions of the account, because going on in another role is a new
 * one. Returns the hash it fitted, for who has to know that it still stands.
 */
export async function checkOwnPassword({ accountId, sessionId }: Viewer, password: string, now: Date): Promise<string | null> {
  const tried = [{ about: "own-password", of: sessionId, limit: tryLimits.device }, { about: "own-password-of", of: accountId, limit: tryLimits.source }]
  await assertMayTry(tried, "password-wrong-too-many", now)
  const hash = await findPasswordHash(asSystemOnce("sign-in"), accountId)
  const { fits } = await checkInTurn(hash, password)
  /** Again, for what failed while this one waited its turn. */
  await assertMayTry(tried, "password-wrong-too-many", now)
  if (fits) return hash
  await asSystem("sign-in", async (tx) => {
    await noteFailure(tx, tried, now)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.sign-in-failed", subjectId: accountId }])
  })
  throw new Invalid("password-wrong", { field: "current" })
}
