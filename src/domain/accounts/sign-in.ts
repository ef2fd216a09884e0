import { asSystem } from "#platform/database.ts"
import { hashingPlaces } from "#platform/passwords.ts"
import { turns } from "#platform/turns.ts"
import { Invalid } from "#policy/errors.ts"
import { beginSignIn, type Entered } from "../second-steps/begin-sign-in.ts"
import { checkPassword, unlessTooBusy, type From } from "./check-password.ts"
import { holdAccount } from "./hold-account.ts"
import { roleOf } from "./role-of.ts"
import { findPasswordHash } from "./username-repository.ts"

export type SignInInput = { username: string; password: string; device: string | null } & From

/** One more than can hash at a time: it looks its account up meanwhile. Hundreds at once would else all look theirs up first, and every page beside them would wait for that. */
const inTurn = turns({ places: hashingPlaces + 1, waiting: 300 })

/** Signs an account in with username (an office: its client number) and password. Returns the secret of its new session, or of a sign-in that waits for the second step. Refuses as checkPassword does, also when the password became another, or the role ended, while it was checked. */
export async function signIn(input: SignInInput, now: Date): Promise<Entered> {
  return unlessTooBusy(inTurn(() => signInNow(input, now)))
}

async function signInNow({ device, ...input }: SignInInput, now: Date): Promise<Entered> {
  const { passwordHash, ...known } = await checkPassword(input, now)
  return asSystem("sign-in", async (tx) => {
    await holdAccount(tx, known.accountId)
    if ((await findPasswordHash(tx, known.accountId)) !== passwordHash || !(await roleOf(tx, known))) throw new Invalid("sign-in-failed")
    return beginSignIn(tx, { ...known, device }, now)
  })
}
