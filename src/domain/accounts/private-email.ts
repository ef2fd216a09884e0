import { asSystem, asSystemOnce, asViewer, type Transaction } from "#platform/database.ts"
import { isSameEmailAddress, normaliseEmailAddress } from "#policy/email-address.ts"
import { Forbidden, Invalid, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { isDeadAddress, openAddress } from "../bounces/dead-address.ts"
import { endAddressLinks, findPrivateEmail, findWaitingAddress, updatePrivateEmail } from "./address-repository.ts"
import { holdAccount } from "./hold-account.ts"
import { endPasswordLinks } from "./link-repository.ts"
import { mailAddressLink } from "./mail-address-link.ts"
import { findProvenAddresses } from "./proven-address-repository.ts"
import { tellOfChange } from "./tell-of-change.ts"

/** The private address that counts, one that was asked and not confirmed yet, and whether no mail arrives at the first: told to its holder alone. */
export type PrivateEmailView = { address: string | null; waiting: string | null; isDead: boolean }

/** The viewer's private address: of its account, so the same for each of its employments. */
export async function viewPrivateEmail(viewer: Viewer, now: Date): Promise<PrivateEmailView> {
  const own = await asViewer(viewer, async (tx) => ({ address: await findPrivateEmail(tx, viewer.accountId), waiting: await findWaitingAddress(tx, viewer.accountId, now) }))
  return { ...own, isDead: own.address !== null && (await isDeadAddress(asSystemOnce("confirm-address"), own.address, viewer.partyId)) }
}

/**
 * Changes the viewer's private address. A new one counts only when the link that is mailed to it was used (confirm-address.ts), at most five an hour;
 * until then the old one stays. One that is no longer proven, or where no mail arrived, is confirmed anew. An empty one takes it away at once. Returns what happened. Forbidden for who
 * is no employee.
 */
export async function changePrivateEmail(viewer: Viewer, input: { address: string }, now: Date): Promise<"mailed" | "removed" | "same"> {
  if (viewer.kind !== "employee") throw new Forbidden()
  const address = input.address.trim() === "" ? null : normaliseEmailAddress(input.address)
  if (address === null && input.address.trim() !== "") throw new Invalid("email-invalid", { field: "privateEmail" })
  const { accountId, partyId } = viewer
  return asSystem("confirm-address", async (tx) => {
    await holdAccount(tx, accountId)
    const before = await findPrivateEmail(tx, accountId)
    if (address === null) {
      await endAddressLinks(tx, { accountId, partyId: null }, now)
      if (before === null) return "same"
      await setPrivateEmail(tx, accountId, null, now)
      await recordEvents(tx, [{ chainId: accountId, kind: "account.private-email-removed", accountId, partyId, subjectId: accountId }])
      return "removed"
    }
    const isSame = before !== null && isSameEmailAddress(before, address)
    const isDead = isSame && (await isDeadAddress(tx, address, partyId))
    if (isSame && !isDead && (await findProvenAddresses(tx, accountId)).has(address.toLowerCase())) return "same"
    if (isDead) await openAddress(tx, address, now)
    if (!(await mailAddressLink(tx, { accountId, partyId: null, address, byPartyId: null }, now))) throw new TooMany("private-email-too-many")
    return "mailed"
  })
}

/** Gives an account another private address. Links for a password that were mailed open nothing any more, and who reads at the old address is told too. */
export async function setPrivateEmail(tx: Transaction, accountId: string, address: string | null, now: Date): Promise<void> {
  const before = await findPrivateEmail(tx, accountId)
  await updatePrivateEmail(tx, accountId, address)
  await endPasswordLinks(tx, accountId, now)
  await tellOfChange(tx, accountId, "private-email-changed", now, before === null ? {} : { alsoTo: [before] })
}
