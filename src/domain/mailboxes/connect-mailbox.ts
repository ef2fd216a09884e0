import { consentAddress, ConsentFailed, knowsProvider, tokensFor, type ConsentProvider } from "#platform/mail-consent.ts"
import { hashSecret, newSecret, seal, unseal } from "#platform/secrets.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { afresh, asOwner, note, tellOwners } from "./change-mailbox.ts"
import { updateMailbox } from "./mailbox-repository.ts"
import { sealTokens } from "./mailbox-secret.ts"

/** A consent is answered within this long, in milliseconds. */
const consentTime = 10 * 60_000

/**
 * Begins to connect the viewer's mailbox to Microsoft or Google, and returns where to go to give consent; only this session can finish it, once. Conflict
 * "mailbox-provider-off" where the operator did not make the portal known there; Conflict for one that signs in by password; NotFound without one; owners only.
 */
export async function beginConsent(viewer: Viewer, now: Date): Promise<{ address: string }> {
  return asOwner(viewer, async (tx, box) => {
    if (!box) throw new NotFound()
    if (box.signInBy === "password") throw new Conflict("mailbox-by-password")
    const [state, verifier] = [newSecret(), newSecret()]
    const address = consentAddress(box.signInBy, { state, verifier, loginHint: box.username, isToRead: box.imapHost !== null })
    if (!address) throw new Conflict("mailbox-provider-off")
    const consentSealed = seal("mailbox-consent", Buffer.from(verifier), viewer.partyId)
    await updateMailbox(tx, viewer.partyId, { consentHash: hashSecret(state), consentSealed, consentSession: viewer.sessionId, consentUntil: new Date(now.getTime() + consentTime) })
    return { address }
  })
}

/** Finishes it with what the provider sent along. Invalid "mailbox-consent-over" when it was begun by somebody else, elsewhere, too long ago, or finished before; "mailbox-consent-refused" when no tokens were given. Owners only. */
export async function finishConsent(viewer: Viewer, input: { state: string; code: string }, now: Date): Promise<void> {
  const { signInBy, verifier, version } = await asOwner(viewer, async (tx, box) => {
    const isOurs = box?.consentHash && Buffer.compare(box.consentHash, hashSecret(input.state)) === 0 && box.consentSession === viewer.sessionId
    if (!isOurs || !box.consentSealed || !box.consentUntil || box.consentUntil < now || box.signInBy === "password") return nothing
    await updateMailbox(tx, viewer.partyId, { consentHash: null, consentSealed: null, consentSession: null, consentUntil: null })
    return { signInBy: box.signInBy, verifier: unseal("mailbox-consent", box.consentSealed, viewer.partyId).toString(), version: box.version }
  })
  if (!signInBy) throw new Invalid("mailbox-consent-over")
  const tokens = await tokensFor(signInBy, { code: input.code, verifier }, now).catch((error: unknown) => {
    if (error instanceof ConsentFailed) throw new Invalid(error.code === "refused" ? "mailbox-consent-refused" : "mailbox-consent-unreachable")
    throw error
  })
  await asOwner(viewer, async (tx, box) => {
    if (!box || box.version !== version) throw new Conflict("conflict")
    await updateMailbox(tx, viewer.partyId, { secretSealed: sealTokens(viewer.partyId, tokens), provenAt: null, ...afresh(box) })
    await note(tx, viewer, "mailbox.connected")
    await tellOwners(tx, viewer.partyId, now)
  })
}

/** Forgets the tokens; mails wait until it is connected again or switched off. NotFound without one; twice is harmless; owners only. */
export async function disconnectMailbox(viewer: Viewer, now: Date): Promise<void> {
  await asOwner(viewer, async (tx, box) => {
    if (!box || box.signInBy === "password") throw new NotFound()
    if (!box.secretSealed) return
    await updateMailbox(tx, viewer.partyId, { secretSealed: null, provenAt: null, ...afresh(box) })
    await note(tx, viewer, "mailbox.disconnected")
    await tellOwners(tx, viewer.partyId, now)
  })
}

const nothing = { signInBy: null, verifier: "", version: 0 } as const

/** At which providers the operator made this portal known. */
export function knownProviders(): ConsentProvider[] {
  return (["microsoft", "google"] as const).filter(knowsProvider)
}
