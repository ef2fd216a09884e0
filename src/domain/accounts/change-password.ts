import { asSystem, asSystemOnce } from "#platform/database.ts"
import { hashPassword } from "#platform/passwords.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endWaiting } from "../second-steps/end-waiting.ts"
import { hasSecondStep } from "../second-steps/has-second-step.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { renewSession } from "../sessions/renew-session.ts"
import { findAccountHolder, updatePassword } from "./account-repository.ts"
import { assertGoodPassword } from "./assert-good-password.ts"
import { checkOwnPassword } from "./check-own-password.ts"
import { holdAccount } from "./hold-account.ts"
import { endPasswordLinks } from "./link-repository.ts"
import { tellOfChange } from "./tell-of-change.ts"
import { findPasswordHash } from "./username-repository.ts"

/**
 * Gives the viewer's account another password, for who knows the one it has (OWASP ASVS 6.2.3). Links for a password that were asked before end, what waits
 * for a second step behind the old one too, and with `endOthers` every other session (ASVS 7.4.3). Returns the new secret of this session. Invalid at "current" or "password" when one of them is not good.
 */
export async function changePassword(viewer: Viewer, input: { current: string; password: string; endOthers: boolean }, now: Date): Promise<string> {
  const { accountId, partyId, sessionId } = viewer
  const before = await checkOwnPassword(viewer, input.current, now)
  const system = asSystemOnce("sign-in")
  const [holder, withStep] = await Promise.all([findAccountHolder(system, { id: accountId }), hasSecondStep(system, accountId)])
  if (!holder) throw new NotFound()
  await assertGoodPassword(input.password, { holder, username: holder.username, hasSecondStep: withStep })
  const passwordHash = await hashPassword(input.password)
  return asSystem("sign-in", async (tx) => {
    await holdAccount(tx, accountId)
    if ((await findPasswordHash(tx, accountId)) !== before) throw new Invalid("password-wrong", { field: "current" })
    const secret = await renewSession(tx, viewer)
    await updatePassword(tx, accountId, passwordHash)
    await endPasswordLinks(tx, accountId, now)
    await endWaiting(tx, accountId)
    if (input.endOthers) await endSessionsOf(tx, { accountId, except: sessionId }, now)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.password-changed", accountId, partyId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "password-changed", now)
    return secret
  })
}
