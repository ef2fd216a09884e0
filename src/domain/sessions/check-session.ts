import { asSystemOnce, readAsSystem } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { seenEvery, sessionLimits } from "#policy/session-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findSession, touchSession } from "./session-repository.ts"

/** The viewer behind a session's secret, or null when the session was ended, is too old, or lay unused too long. Asked for every request. */
export async function checkSession(secret: string, now: Date): Promise<Viewer | null> {
  const session = await findSession(readAsSystem("sign-in"), hashSecret(secret))
  if (!session) return null
  const unused = now.getTime() - session.lastSeenAt.getTime()
  if (session.expiresAt <= now || unused > sessionLimits[session.kind].idle) return null
  if (unused > seenEvery) await touchSession(asSystemOnce("sign-in"), session.id, now)
  const { id, accountId, partyId, kind, rank, username, mustSetUp } = session
  return { accountId, partyId, kind, rank, sessionId: id, username, locale: session.locale === "en" ? "en" : "nl", mustSetUp }
}
