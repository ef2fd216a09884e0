import { asSystem } from "#platform/database.ts"
import { Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { checkPassword, type From } from "./check-password.ts"
import { noteConfirmed } from "./note-confirmed.ts"

/** Proves once more, by the password, that the viewer is the holder of the account. Refuses as signing in does, and a wrong one counts as one there. */
export async function confirmByPassword(viewer: Viewer, input: { password: string } & From, now: Date): Promise<void> {
  const known = await checkPassword({ ...input, username: viewer.username }, now).catch((error: unknown) => {
    throw error instanceof Invalid ? new Invalid("password-wrong", { field: "password" }) : error
  })
  if (known.accountId !== viewer.accountId) throw new Invalid("password-wrong", { field: "password" })
  await asSystem("sign-in", (tx) => noteConfirmed(tx, viewer, now))
}
