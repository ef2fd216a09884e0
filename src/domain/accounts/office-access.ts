import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findOfficeByNumber } from "../parties/find-office.ts"
import { registerOffice } from "../parties/register-office.ts"
import { findAccountHolder, findTakenUsernames, insertAccounts } from "./account-repository.ts"
import { askPasswordLink } from "./ask-password-link.ts"
import { forgetWaysIn } from "./forget-ways-in.ts"
import { insertProvenAddress } from "./proven-address-repository.ts"

/**
 * Makes an office with its own account, which signs in with the client number, and mails the link to choose a password to the office. For the operator,
 * who gets to know no password and no link. Invalid for a number, name or address that is none; Conflict when the number is taken.
 */
export async function openOffice(input: { clientNumber: string; name: string; email: string }, now: Date): Promise<void> {
  const [clientNumber, name, email] = [input.clientNumber.trim().toLowerCase(), input.name.trim(), normaliseEmailAddress(input.email)]
  if (!/^[a-z0-9]{3,20}$/.test(clientNumber)) throw new Invalid("client-number-invalid")
  if (name === "") throw new Invalid("field-empty")
  if (!email) throw new Invalid("email-invalid")
  await asSystem("operate", async (tx) => {
    if ((await findTakenUsernames(tx, [clientNumber])).size > 0 || (await findOfficeByNumber(tx, clientNumber))) throw new Conflict("client-number-known")
    const partyId = await registerOffice(tx, { clientNumber, name, email, street: null, houseNumber: null, postcode: null, city: null, phone: null })
    await insertAccounts(tx, [{ id: newId(), roleId: newId(), username: clientNumber, partyId, locale: "nl" }])
    await recordEvents(tx, [{ chainId: partyId, kind: "office.opened", subjectId: partyId }])
  })
  await askPasswordLink({ username: clientNumber }, now)
}

/**
 * Takes back what an office's own account gets in with (its password, its second steps, its sessions and links that were mailed before, maybe to another address) and mails a new link to the office. For the operator, who made sure of the address, when nobody
 * there can get in any more. Invalid for a number that no office has, or whose office has no address; then nothing is changed.
 */
export async function resetOfficeAccess(input: { clientNumber: string }, now: Date): Promise<void> {
  const username = input.clientNumber.trim().toLowerCase()
  await asSystem("operate", async (tx) => {
    const office = await findOfficeByNumber(tx, username)
    const holder = office && (await findAccountHolder(tx, { username }))
    if (!office || !holder || holder.email !== null) throw new Invalid("office-unknown")
    const address = holder.parties.find((party) => party.id === office.id)?.contactEmail
    if (!address) throw new Invalid("office-without-email")
    await forgetWaysIn(tx, holder.id, now)
    await insertProvenAddress(tx, { accountId: holder.id, address, provenAt: now })
    await recordEvents(tx, [{ chainId: holder.id, kind: "account.access-reset", subjectId: holder.id }])
  })
  await askPasswordLink({ username }, now)
}
