import { asSystem } from "#platform/database.ts"
import { Conflict } from "#policy/errors.ts"
import { tryLimits } from "#policy/try-limits.ts"
import { assertMayTry, noteFailure } from "../attempts/limit-tries.ts"

/**
 * Does what may find that a username is another's, and counts that: who chooses one has to hear it, but not so often that it tells which accounts there are
 * (OWASP ASVS 6.3.8). TooMany and how long to wait after several.
 */
export async function countTakenUsernames<T>(accountId: string, now: Date, choose: () => Promise<T>): Promise<T> {
  const tried = [{ about: "username-taken", of: accountId, limit: tryLimits.device }]
  await assertMayTry(tried, "username-too-many", now)
  try {
    return await choose()
  } catch (error) {
    if (error instanceof Conflict && error.code === "username-taken") await asSystem("sign-in", (tx) => noteFailure(tx, tried, now))
    throw error
  }
}
