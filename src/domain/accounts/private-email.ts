import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { isSameEmailAddress, normaliseEmailAddress } from "#policy/email-address.ts"
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from "#policy/errors.ts"
import { addressLinkLimits } from "#policy/link-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { holdAsking } from "./account-repository.ts"
import {
  countAddressLinks, endAddressLinks, findPrivateEmail, findWaitingAddress, holdAddressLink, replaceAddressLink, updatePrivateEmail, useAddressLink,
} from "./address-repository.ts"
import { holdAccount } from "./hold-account.ts"
import { endPasswordLinks } from "./link-repository.ts"
import { tellOfChange } from "./tell-of-change.ts"
import { stateOf } from "./view-password-link.ts"

const hour = 60 * 60_000

/** The private address that counts, and one that was asked and not confirmed yet. */
export type PrivateEmailView = { address: string | null; waiting: string | null }

/** The viewer's private address: of its account, so the same for each of its employments. */
export async function viewPrivateEmail(viewer: Viewer, now: Date): Promise<PrivateEmailView> {
  return asViewer(viewer, async (tx) => ({ address: await findPrivateEmail(tx, viewer.accountId), waiting: await findWaitingAddress(tx, viewer.accountId, now) }))
}

/**
 * Changes the viewer's private address. A new one counts only when the link that is mailed to it was used, at most five an hour; until then the old
 * one stays. An empty one takes it away at once. Returns what happened. Forbidden for who is no employee.
 */
export async function changePrivateEmail(viewer: Viewer, input: { address: string }, now: Date): Promise<"mailed" | "removed" | "same"> {
  if (viewer.kind !== "employee") throw new Forbidden()
  const address = input.address.trim() === "" ? null : normaliseEmailAddress(input.address)
  if (address === null && input.address.trim() !== "") throw new Invalid("email-invalid", { field: "privateEmail" })
  const { accountId, partyId } = viewer
  return asSystem("private-email", async (tx) => {
    await holdAsking(tx, accountId)
    const before = await findPrivateEmail(tx, accountId)
    if (address === null) {
      await endAddressLinks(tx, accountId, now)
      if (before === null) return "same"
      await updatePrivateEmail(tx, accountId, null)
      await noteAnotherAddress(tx, accountId, before, now)
      await recordEvents(tx, [{ chainId: accountId, kind: "account.private-email-removed", accountId, partyId, subjectId: accountId }])
      return "removed"
    }
    if (before !== null && isSameEmailAddress(before, address)) return "same"
    const asked = await countAddressLinks(tx, accountId, new Date(now.getTime() - hour))
    if (asked >= addressLinkLimits.perHour) throw new TooMany("private-email-too-many")
    const token = newSecret()
    const id = newId()
    await replaceAddressLink(tx, { id, accountId, address, tokenHash: hashSecret(token), createdAt: now, expiresAt: new Date(now.getTime() + addressLinkLimits.lifetime) })
    await queueMails(tx, [{ kind: "confirm-address", accountId, toAddress: address, token }], now)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.private-email-asked", accountId, partyId, subjectId: id }])
    return "mailed"
  })
}

/**
 * Uses the link that was mailed to a private address: from then on it counts. Only by the account that asked it, signed in, so that an address that was
 * typed wrong gives its owner nothing. NotFound for another's or an unknown link; Conflict when it was used, replaced, or is too old.
 */
export async function confirmPrivateEmail(viewer: Viewer, input: { token: string }, now: Date): Promise<void> {
  const { accountId, partyId } = viewer
  await asSystem("private-email", async (tx) => {
    await holdAccount(tx, accountId)
    const link = await holdAddressLink(tx, hashSecret(input.token))
    if (!link || link.accountId !== accountId) throw new NotFound("link-unknown")
    const state = stateOf({ ...link, triesLeft: 1 }, now)
    if (state !== "open") throw new Conflict(`address-link-${state}`)
    await useAddressLink(tx, link.id, now)
    const before = await findPrivateEmail(tx, accountId)
    await updatePrivateEmail(tx, accountId, link.address)
    await noteAnotherAddress(tx, accountId, before, now)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.private-email-confirmed", accountId, partyId, subjectId: link.id }])
  })
}

/** Links for a password that were mailed to the address that was open nothing any more, and who reads there is told too. */
async function noteAnotherAddress(tx: Transaction, accountId: string, before: string | null, now: Date): Promise<void> {
  await endPasswordLinks(tx, accountId, now)
  await tellOfChange(tx, accountId, "private-email-changed", now, before === null ? {} : { alsoTo: [before] })
}
