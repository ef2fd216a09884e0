import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { isSameEmailAddress } from "#policy/email-address.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findAccountHolder } from "./account-repository.ts"
import { findWaitingAddresses, holdAddressLink, useAddressLink, type AddressLinkRow } from "./address-repository.ts"
import { holdAccount } from "./hold-account.ts"
import { stateOf } from "./link-state.ts"
import { setPrivateEmail } from "./private-email.ts"
import { insertProvenAddress } from "./proven-address-repository.ts"

/**
 * Uses the link that was mailed to an address: its holder has shown to read there, and a private address counts from then on. Only by the account it is
 * about, signed in, so that an address that was typed wrong gives its owner nothing. NotFound for another's or an unknown link; Conflict when it was
 * used, replaced, is too old, or is about an address that changed since.
 */
export async function confirmAddress(viewer: Viewer, input: { token: string }, now: Date): Promise<void> {
  const { accountId, partyId } = viewer
  await asSystem("confirm-address", async (tx) => {
    await holdAccount(tx, accountId)
    const link = await holdAddressLink(tx, hashSecret(input.token))
    if (!link || link.accountId !== accountId) throw new NotFound("link-unknown")
    const state = stateOf({ ...link, triesLeft: 1 }, now)
    if (state !== "open") throw new Conflict(`address-link-${state}`)
    if (link.partyId !== null && !(await isContactAddress(tx, link))) throw new Conflict("address-link-ended")
    await useAddressLink(tx, link.id, now)
    await insertProvenAddress(tx, { accountId, address: link.address, provenAt: now })
    if (link.partyId === null) await setPrivateEmail(tx, accountId, link.address, now)
    const kind: EventKind = link.partyId === null ? "account.private-email-confirmed" : "account.contact-email-confirmed"
    await recordEvents(tx, [{ chainId: accountId, kind, accountId, partyId, subjectId: link.id }])
  })
}

/** What the viewer can confirm: the addresses to which a link was mailed that still works. To be read before one is used, because anybody can hand a link on. */
export async function viewWaitingAddresses(viewer: Viewer, now: Date): Promise<string[]> {
  return asViewer(viewer, (tx) => findWaitingAddresses(tx, viewer.accountId, now))
}

async function isContactAddress(tx: Transaction, { accountId, partyId, address }: AddressLinkRow): Promise<boolean> {
  const holder = await findAccountHolder(tx, { id: accountId })
  return holder?.parties.some((party) => party.id === partyId && party.contactEmail !== null && isSameEmailAddress(party.contactEmail, address)) ?? false
}
