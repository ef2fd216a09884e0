import type { Transaction } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { renewSession } from "./renew-session.ts"
import { confirmSession } from "./session-repository.ts"

/** Notes that the holder of a session proved once more to be that, and returns the session's new secret. For who has checked it. */
export async function noteConfirmed(tx: Transaction, { sessionId }: Pick<Viewer, "sessionId">, now: Date): Promise<string> {
  await confirmSession(tx, sessionId, now)
  return renewSession(tx, { sessionId })
}
