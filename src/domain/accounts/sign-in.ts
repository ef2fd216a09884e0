import { asSystem } from "#platform/database.ts"
import { beginSignIn, type Entered } from "../second-steps/begin-sign-in.ts"
import { checkPassword, type From } from "./check-password.ts"

export type SignInInput = { username: string; password: string; device: string | null } & From

/** Signs an account in with username (an office: its client number) and password. Returns the secret of its new session, or of a sign-in that waits for the second step. Refuses as checkPassword does. */
export async function signIn({ device, ...input }: SignInInput, now: Date): Promise<Entered> {
  const known = await checkPassword(input, now)
  return asSystem("sign-in", (tx) => beginSignIn(tx, { ...known, device }, now))
}
