import type { Transaction } from "#platform/database.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { Conflict } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { updateSessionSecret } from "./session-repository.ts"

/**
 * Gives the viewer's session another secret and returns it for the cookie: after proving once more and after a change of how one gets in, the old one opens
 * nothing (OWASP ASVS 7.2.4). Conflict "signed-out" when the session was ended meanwhile.
 */
export async function renewSession(tx: Transaction, { sessionId }: Pick<Viewer, "sessionId">): Promise<string> {
  const secret = newSecret()
  if (!(await updateSessionSecret(tx, sessionId, hashSecret(secret)))) throw new Conflict("signed-out")
  return secret
}
