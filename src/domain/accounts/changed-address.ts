import { asSystem, type Transaction } from "#platform/database.ts"
import { Conflict, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findAccountHolder } from "./account-repository.ts"
import { findChanger } from "./address-repository.ts"
import { holdAccount } from "./hold-account.ts"
import { mailAddressLink } from "./mail-address-link.ts"
import { findProvenAddresses } from "./proven-address-repository.ts"

/** The viewer's address in payroll, which was changed to this and not confirmed yet, and by whom, where that is known. */
export type ChangedAddressView = { address: string; by: string | null }

/** The viewer's contact address in this role, when payroll changed it and the viewer did not show to read there; else null. */
export async function viewChangedAddress(viewer: Viewer): Promise<ChangedAddressView | null> {
  const changed = await asSystem("confirm-address", (tx) => findChanged(tx, viewer))
  return changed && { address: changed.address, by: changed.by }
}

/** Mails the link that confirms the changed address once more; the one of before is over. Conflict when there is none to confirm, TooMany after five in an hour. */
export async function askAddressLink(viewer: Viewer, now: Date): Promise<void> {
  const { accountId, partyId } = viewer
  await asSystem("confirm-address", async (tx) => {
    await holdAccount(tx, accountId)
    const changed = await findChanged(tx, viewer)
    if (!changed) throw new Conflict("address-none")
    if (!(await mailAddressLink(tx, { accountId, partyId, address: changed.address, byPartyId: changed.byPartyId }, now))) throw new TooMany("private-email-too-many")
  })
}

async function findChanged(tx: Transaction, { accountId, partyId }: Viewer): Promise<(ChangedAddressView & { byPartyId: string | null }) | null> {
  const changer = await findChanger(tx, { accountId, partyId })
  if (!changer) return null
  const address = (await findAccountHolder(tx, { id: accountId }))?.parties.find((party) => party.id === partyId)?.contactEmail
  if (!address || (await findProvenAddresses(tx, accountId)).has(address.toLowerCase())) return null
  return { address, by: changer.name, byPartyId: changer.byPartyId }
}
