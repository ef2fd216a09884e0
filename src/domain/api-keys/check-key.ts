import { asSystemOnce, readAsSystem } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { apiLimits } from "#policy/api-limits.ts"
import type { ApiScope } from "#policy/api-scopes.ts"
import { TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { countUse, findLiveKey, touchKey } from "./api-key-repository.ts"

/** Who asks with a key, and what the key may do. */
export type KeyHolder = { viewer: Viewer; scopes: readonly ApiScope[] }

/**
 * The viewer behind a key: its party, with the key itself in the place of an account, so that the database and the audit chain know it by that. Null for a
 * key that is unknown, revoked or over, or whose holder is no owner any more: one look-up, so that they take the same time. TooMany "rate-limited" for a
 * key that asks too often.
 */
export async function checkKey(secret: string, now: Date): Promise<KeyHolder | null> {
  const key = await findLiveKey(readAsSystem("api-key"), hashSecret(secret))
  if (!key) return null
  const minute = 60_000
  const windowAt = new Date(Math.floor(now.getTime() / minute) * minute)
  const count = await countUse(readAsSystem("api-key"), key.id, windowAt)
  if (count > apiLimits.perMinute) throw new TooMany("rate-limited", { seconds: Math.ceil((windowAt.getTime() + minute - now.getTime()) / 1000) })
  if (now.getTime() - (key.lastUsedAt?.getTime() ?? 0) > apiLimits.usedEvery) await touchKey(asSystemOnce("api-key"), key.id, now)
  const { id, partyId, kind, rank, name, scopes } = key
  return { viewer: { accountId: id, partyId, kind, rank, sessionId: id, username: name, locale: "en", scopes }, scopes }
}
