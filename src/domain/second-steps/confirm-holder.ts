import { asSystem } from "#platform/database.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { noteConfirmed } from "../sessions/note-confirmed.ts"
import { acceptCode } from "./accept-code.ts"
import { signerOf, type PasskeyAnswer } from "./sign-in-with-passkey.ts"

/**
 * Proves once more, by a code of the app or a recovery code, that the viewer is the holder of the account; returns the session's new secret. A wrong one
 * counts as one when signing in.
 */
export async function confirmByCode({ accountId, sessionId }: Viewer, input: { code: string }, now: Date): Promise<string> {
  const { by, secret } = await asSystem("sign-in", async (tx) => {
    const accepted = await acceptCode(tx, accountId, input.code, now)
    const isRight = accepted === "code" || accepted === "recovery-code"
    return { by: accepted, secret: isRight ? await noteConfirmed(tx, { sessionId }, now) : null }
  })
  if (secret) return secret
  throw by === "off" ? new TooMany("code-app-off") : new Invalid("code-app-wrong", { field: "code" })
}

/** Proves it with a passkey of the account; returns the session's new secret. Refuses as signing in with one does. */
export async function confirmByPasskey({ accountId, sessionId }: Viewer, input: PasskeyAnswer, now: Date): Promise<string> {
  await signerOf(input, accountId, now)
  return asSystem("sign-in", (tx) => noteConfirmed(tx, { sessionId }, now))
}
