import { asSystem, asSystemOnce } from "#platform/database.ts"
import { Conflict, Invalid, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { checkOwnPassword } from "../accounts/check-own-password.ts"
import { noteConfirmed } from "../sessions/note-confirmed.ts"
import { acceptCode } from "./accept-code.ts"
import { findSecondSteps } from "./second-step-repository.ts"
import { signerOf, type PasskeyAnswer } from "./sign-in-with-passkey.ts"

/**
 * Proves once more that the viewer is the holder of the account, by as much as signing in asks (OWASP ASVS 7.5.1): the password, and behind it a code of the
 * app or a recovery code where there is one. Returns the session's new secret. Refuses a password as checkOwnPassword does; then Invalid at "code", and
 * Conflict for who has a passkey and no codes. A wrong code counts as one when signing in.
 */
export async function confirmByPassword(viewer: Viewer, input: { password: string; code: string }, now: Date): Promise<string> {
  const { accountId } = viewer
  await checkOwnPassword(viewer, input.password, now)
  const steps = await findSecondSteps(asSystemOnce("second-step"), accountId)
  if (!steps?.hasCodeApp && !steps?.recoveryLeft) {
    if (steps && steps.passkeys > 0) throw new Conflict("confirm-by-passkey")
    return asSystem("sign-in", (tx) => noteConfirmed(tx, viewer, now))
  }
  if (!input.code) throw new Invalid("code-empty", { field: "code" })
  const { by, secret } = await asSystem("sign-in", async (tx) => {
    const accepted = await acceptCode(tx, accountId, input.code, now)
    const isRight = accepted === "code" || accepted === "recovery-code"
    return { by: accepted, secret: isRight ? await noteConfirmed(tx, viewer, now) : null }
  })
  if (secret) return secret
  throw by === "off" ? new TooMany("code-app-off") : new Invalid("code-app-wrong", { field: "code" })
}

/** Proves it with a passkey of the account; returns the session's new secret. Refuses as signing in with one does. */
export async function confirmByPasskey({ accountId, sessionId }: Viewer, input: PasskeyAnswer, now: Date): Promise<string> {
  await signerOf(input, accountId, now)
  return asSystem("sign-in", (tx) => noteConfirmed(tx, { sessionId }, now))
}
