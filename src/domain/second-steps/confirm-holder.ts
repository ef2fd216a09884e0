import { asSystem } from "#platform/database.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { noteConfirmed } from "../accounts/note-confirmed.ts"
import { acceptCode } from "./accept-code.ts"
import { signerOf, type PasskeyAnswer } from "./sign-in-with-passkey.ts"

/** Proves once more, by a code of the app or a recovery code, that the viewer is the holder of the account. A wrong one counts as one when signing in. */
export async function confirmByCode({ accountId, sessionId }: Viewer, input: { code: string }, now: Date): Promise<void> {
  const by = await asSystem("sign-in", async (tx) => {
    const accepted = await acceptCode(tx, accountId, input.code, now)
    if (accepted === "code" || accepted === "recovery-code") await noteConfirmed(tx, { sessionId }, now)
    return accepted
  })
  if (by === "off") throw new TooMany("code-app-off")
  if (by === "wrong") throw new Invalid("code-app-wrong", { field: "code" })
}

/** Proves it with a passkey of the account. Refuses as signing in with one does. */
export async function confirmByPasskey({ accountId, sessionId }: Viewer, input: PasskeyAnswer, now: Date): Promise<void> {
  await signerOf(input, accountId, now)
  await asSystem("sign-in", (tx) => noteConfirmed(tx, { sessionId }, now))
}
