import type { Transaction } from "#platform/database.ts"
import { isSameEmailAddress } from "#policy/email-address.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endInvitations, holdOwnAccount, moveInvitation, type OwnAccount } from "../invitations/move-invitation.ts"
import { findAccountHolder, findAccountsOf, type AccountHolder } from "./account-repository.ts"
import { endAddressLinks } from "./address-repository.ts"
import { freeUsernames } from "./free-usernames.ts"
import { holdAccount } from "./hold-account.ts"
import { holdParties } from "./hold-parties.ts"
import { endPasswordLinks, endPasswordLinksAt } from "./link-repository.ts"
import { mailAddressLink } from "./mail-address-link.ts"
import { findProvenAddresses } from "./proven-address-repository.ts"
import { tellOfChange } from "./tell-of-change.ts"
import { holdUsername, insertFormerUsername, updateUsername } from "./username-repository.ts"

/** The address in payroll of a person or client, as it was and as it is to be. */
export type AddressChange = { partyId: string; kind: "employer" | "employee"; before: string | null; after: string | null }

/**
 * What came of a change: nobody could sign in yet, or was invited ("changed"); a new invitation went out ("invited"); somebody is inside, heard of it at
 * both addresses and is asked to confirm the new one ("told").
 */
export type Followed = "changed" | "invited" | "told"

type By = { accountId: string; partyId: string }

/**
 * What follows when payroll has another address for somebody, in the portal or by an import: called before it is written down, in the same transaction,
 * by who lets two such changes for one employer wait for each other. Who is not inside yet goes by the new address from then on: the username moves
 * along, what was mailed before is over, and who was invited is invited anew. Who is inside keeps the username and is asked. What came of it, in
 * the order of `changes`.
 */
export async function followAddresses(tx: Transaction, changes: readonly AddressChange[], by: By, now: Date): Promise<Followed[]> {
  const moved = changes.filter((one) => !isSame(one))
  await holdParties(tx, moved.map(({ partyId }) => partyId))
  const accounts = await findAccountsOf(tx, moved.map(({ partyId }) => partyId))
  const accountOf = ({ partyId }: AddressChange) => accounts.get(partyId)?.[0]?.accountId ?? ""
  const followed = new Map<string, Followed>()
  for (const change of moved.toSorted((one, other) => accountOf(one).localeCompare(accountOf(other)))) {
    if (accountOf(change) !== "") followed.set(change.partyId, await follow(tx, change, by, now))
  }
  return changes.map(({ partyId }) => followed.get(partyId) ?? "changed")
}

async function follow(tx: Transaction, change: AddressChange, by: By, now: Date): Promise<Followed> {
  const own = await holdOwnAccount(tx, change.partyId)
  if (!own) return "changed"
  await holdAccount(tx, own.accountId)
  const holder = await findAccountHolder(tx, { id: own.accountId })
  if (!holder) return "changed"
  await recordEvents(tx, [{ chainId: holder.id, kind: "account.contact-email-changed", ...by, subjectId: change.partyId }])
  return holder.hasPassword ? followInside(tx, holder, own, change, by, now) : followBefore(tx, holder, change, by, now)
}

/** Nobody chose a password yet. */
async function followBefore(tx: Transaction, holder: AccountHolder, { partyId, kind, before, after }: AddressChange, by: By, now: Date): Promise<Followed> {
  await endPasswordLinks(tx, holder.id, now)
  if (after === null || holder.roles > 1) {
    await endInvitations(tx, holder.id, now)
    return "changed"
  }
  if (isMadeFrom(holder.username, before)) await moveUsername(tx, holder, after, by, now)
  return (await moveInvitation(tx, { partyId, kind, email: after }, by, now)) ? "invited" : "changed"
}

/** Somebody is inside. */
async function followInside(tx: Transaction, holder: AccountHolder, own: OwnAccount, { partyId, before, after }: AddressChange, by: By, now: Date): Promise<Followed> {
  const about = { accountId: holder.id, partyId }
  if (before !== null) await endPasswordLinksAt(tx, holder.id, before, now)
  await endAddressLinks(tx, about, now)
  await tellOfChange(tx, holder.id, "contact-email-changed", now, { alsoTo: [before, after].filter((one) => one !== null) })
  const isProven = after !== null && (await findProvenAddresses(tx, holder.id)).has(after.toLowerCase())
  if (after !== null && !isProven && !own.isBlocked) await mailAddressLink(tx, { ...about, address: after, byPartyId: by.partyId }, now)
  return "told"
}

async function moveUsername(tx: Transaction, { id, username }: AccountHolder, address: string, by: By, now: Date): Promise<void> {
  const wanted = address.toLowerCase()
  await holdUsername(tx, wanted)
  const [free = username] = await freeUsernames(tx, [wanted])
  await insertFormerUsername(tx, { accountId: id, username, createdAt: now })
  await updateUsername(tx, id, free)
  await recordEvents(tx, [{ chainId: id, kind: "account.username-changed", ...by, subjectId: id }])
}

/** A username that the portal made: the address, or with a number behind it. Of an address that was emptied before, any address. */
function isMadeFrom(username: string, address: string | null): boolean {
  const base = username.replace(/\.\d+$/, "")
  return address === null ? username.includes("@") : [username, base].includes(address.toLowerCase())
}

function isSame({ before, after }: AddressChange): boolean {
  return before === after || (before !== null && after !== null && isSameEmailAddress(before, after))
}
