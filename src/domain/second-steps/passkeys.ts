import { asSystem, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { askPasskeyToBeMade, askPasskeyToSign, readMadePasskey, type PasskeyRequest } from "#platform/passkeys.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { challengeLifetime, mostPasskeys, whyKeepPasskey } from "#policy/second-step-rules.ts"
import type { Viewer } from "#policy/viewer.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { recordEvents } from "../audit/record-event.ts"
import { deletePasskey, findCredential, findPasskeys, insertChallenge, insertPasskey, takeChallenge } from "./passkey-repository.ts"
import { makeRecoveryCodes } from "./recovery-codes.ts"
import { deleteRecoveryCodes } from "./recovery-repository.ts"
import { findSecondSteps } from "./second-step-repository.ts"

/** What a browser is asked, as JSON, and the secret for its cookie, by which the answer is known to be of the same browser. */
export type AskedOfBrowser = { options: string; secret: string }

/** Asks the viewer's browser to make a passkey. */
export async function askNewPasskey({ accountId, username }: Viewer, now: Date): Promise<AskedOfBrowser> {
  return asSystem("second-step", async (tx) => {
    const known = await findPasskeys(tx, accountId)
    if (known.length >= mostPasskeys) throw new Conflict("passkey-too-many")
    return keepChallenge(tx, await askPasskeyToBeMade({ id: accountId, username }, known), accountId, now)
  })
}

/**
 * Adds the passkey that the viewer's browser made. Who had no second step before gets recovery codes with it, to be shown once; else null. Invalid when it
 * answers no challenge of this browser, or is of another site; Conflict when it is known already.
 */
export async function addPasskey({ accountId, partyId }: Viewer, input: { secret: string; answer: string; name: string }, now: Date): Promise<string[] | null> {
  const challenge = await asSystem("second-step", (tx) => takeChallenge(tx, hashSecret(input.secret), accountId, now))
  const made = challenge && (await readMadePasskey(input.answer, challenge))
  if (!made) throw new Invalid("passkey-refused")
  return asSystem("second-step", async (tx) => {
    await holdAccount(tx, accountId)
    const steps = await findSecondSteps(tx, accountId)
    if ((steps?.passkeys ?? 0) >= mostPasskeys) throw new Conflict("passkey-too-many")
    if (await findCredential(tx, made.credentialId)) throw new Conflict("passkey-known")
    const id = newId()
    await insertPasskey(tx, { ...made, id, accountId, name: input.name, createdAt: now })
    await recordEvents(tx, [{ chainId: accountId, kind: "account.passkey-added", accountId, partyId, subjectId: id }])
    await tellOfChange(tx, accountId, "passkey-added", now)
    return steps?.hasCodeApp || steps?.passkeys ? null : makeRecoveryCodes(tx, accountId, now)
  })
}

/** Removes a passkey. NotFound for another's; Forbidden when it is the last way in, or the only second step of who must have one. */
export async function removePasskey({ accountId, partyId }: Viewer, input: { passkeyId: string }, now: Date): Promise<void> {
  await asSystem("second-step", async (tx) => {
    await holdAccount(tx, accountId)
    const steps = await findSecondSteps(tx, accountId)
    if (!steps || !(await deletePasskey(tx, accountId, input.passkeyId))) throw new NotFound()
    const why = whyKeepPasskey(steps)
    if (why) throw new Forbidden(why)
    if (steps.passkeys === 1 && !steps.hasCodeApp) await deleteRecoveryCodes(tx, accountId)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.passkey-removed", accountId, partyId, subjectId: input.passkeyId }])
    await tellOfChange(tx, accountId, "passkey-removed", now)
  })
}

/** Asks a browser to sign with a passkey: to sign in, or for a viewer to prove to be the holder of the account. */
export async function askPasskey(viewer: Pick<Viewer, "accountId"> | null, now: Date): Promise<AskedOfBrowser> {
  return asSystem("sign-in", async (tx) => keepChallenge(tx, await askPasskeyToSign(), viewer?.accountId ?? null, now))
}

async function keepChallenge(tx: Transaction, { options, challenge }: PasskeyRequest, accountId: string | null, now: Date): Promise<AskedOfBrowser> {
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + challengeLifetime)
  await insertChallenge(tx, { id: newId(), secretHash: hashSecret(secret), challenge, accountId, expiresAt }, now)
  return { options, secret }
}
