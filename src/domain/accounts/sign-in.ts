import { asSystem } from "#platform/database.ts"
import { beginSession } from "./begin-session.ts"
import { checkPassword } from "./check-password.ts"

export type SignInInput = { username: string; password: string; device: string | null }

/** Signs an account in with username (an office: its client number) and password, and returns the secret of its new session. Refuses as checkPassword does. */
export async function signIn({ username, password, device }: SignInInput, now: Date): Promise<string> {
  const known = await checkPassword({ username, password }, now)
  return asSystem("sign-in", (tx) => beginSession(tx, { ...known, device }, now))
}
