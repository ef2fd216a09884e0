import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import { sessionLimits } from "#policy/session-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { roleOf } from "../accounts/role-of.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endSession, insertSession } from "./session-repository.ts"

/**
 * Goes on as another role of the same account. The session that was is ended and a new one begun, with a secret of its own (OWASP ASVS 7.2.4: what
 * somebody knew of the old one opens nothing), that lives no longer than the old one would have. Returns the secret for the cookie.
 * NotFound when the account does not hold that role, or no longer; Conflict when the session ended meanwhile, so that of two at once one wins.
 */
export async function switchRole(viewer: Viewer, input: { partyId: string; device: string | null }, now: Date): Promise<string> {
  const { accountId, sessionId } = viewer
  return asSystem("sign-in", async (tx) => {
    await holdAccount(tx, accountId)
    const kind = await roleOf(tx, { accountId, partyId: input.partyId })
    if (!kind) throw new NotFound()
    const before = await endSession(tx, sessionId, now)
    if (!before) throw new Conflict("signed-out")
    const secret = newSecret()
    const longest = new Date(now.getTime() + sessionLimits[kind].absolute)
    const expiresAt = before.expiresAt < longest ? before.expiresAt : longest
    const id = newId()
    const device = input.device?.slice(0, 200) ?? null
    await insertSession(tx, { id, accountId, partyId: input.partyId, secretHash: hashSecret(secret), device, expiresAt, createdAt: now, confirmedAt: before.confirmedAt })
    await recordEvents(tx, [{ chainId: accountId, kind: "account.role-switched", accountId, partyId: input.partyId, subjectId: id }])
    return secret
  })
}
