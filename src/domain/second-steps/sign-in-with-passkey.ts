import { asSystem } from "#platform/database.ts"
import { countOfSigned, passkeyNamedIn } from "#platform/passkeys.ts"
import { hashSecret } from "#platform/secrets.ts"
import { Invalid } from "#policy/errors.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { roleOf } from "../accounts/role-of.ts"
import { recordEvents } from "../audit/record-event.ts"
import { beginSession } from "../sessions/begin-session.ts"
import { countPasskey, findCredential, takeChallenge } from "./passkey-repository.ts"
import { deletePendingOf } from "./pending-repository.ts"

/** What a browser answered, and the secret of the challenge it was asked with. */
export type PasskeyAnswer = { secret: string; answer: string }

/** Signs in with a passkey, which stands for both steps, and returns the secret of the new session. One refusal for whatever was not right. */
export async function signInWithPasskey(input: PasskeyAnswer & { device: string | null }, now: Date): Promise<string> {
  const signer = await signerOf(input, null, now)
  return asSystem("sign-in", async (tx) => {
    const { accountId, partyId } = signer
    await holdAccount(tx, accountId)
    const kind = partyId && (await roleOf(tx, { accountId, partyId }))
    if (!kind) throw new Invalid("passkey-refused")
    await deletePendingOf(tx, accountId)
    return beginSession(tx, { accountId, partyId, kind, device: input.device }, now)
  })
}

/** Whose passkey signed: Invalid when it is unknown, answers no challenge of this browser and purpose, was used before, or is of another site or a copy. */
export async function signerOf(input: PasskeyAnswer, accountId: string | null, now: Date): Promise<{ accountId: string; partyId: string | null }> {
  const signer = await asSystem("sign-in", async (tx) => {
    const challenge = await takeChallenge(tx, hashSecret(input.secret), accountId, now)
    const named = passkeyNamedIn(input.answer)
    const passkey = named && (await findCredential(tx, named.credentialId))
    if (!challenge || !passkey || !named.isOf(passkey.accountId) || (accountId && accountId !== passkey.accountId)) return null
    const count = await countOfSigned(input.answer, challenge, passkey)
    if (count !== null && !passkey.blocked && (await countPasskey(tx, passkey.id, count, now))) return passkey
    await recordEvents(tx, [{ chainId: passkey.accountId, kind: "account.second-step-failed", subjectId: passkey.id }])
    return null
  })
  if (!signer) throw new Invalid("passkey-refused")
  return signer
}
