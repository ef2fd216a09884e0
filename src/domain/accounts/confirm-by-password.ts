import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { noteConfirmed } from "../sessions/note-confirmed.ts"
import { checkOwnPassword } from "./check-own-password.ts"

/** Proves once more, by the password, that the viewer is the holder of the account. Returns the new secret of the session. Refuses as checkOwnPassword does. */
export async function confirmByPassword(viewer: Viewer, input: { password: string }, now: Date): Promise<string> {
  await checkOwnPassword(viewer, input.password, now)
  return asSystem("sign-in", (tx) => noteConfirmed(tx, viewer, now))
}
