import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { inviteAccounts, type InvitedBy } from "../invitations/invite-accounts.ts"
import { insertAccounts } from "./account-repository.ts"
import { freeUsernames } from "./free-usernames.ts"

export type PartyToWelcome = { partyId: string; kind: "employer" | "employee"; email: string }

/**
 * Gives parties that have no account yet one of their own, without a password, and invites them in the same transaction.
 * The username is the e-mail address; where that is taken (a couple, a small firm) a number follows it.
 */
export async function welcomeParties(tx: Transaction, parties: readonly PartyToWelcome[], by: InvitedBy, now: Date): Promise<void> {
  const usernames = await freeUsernames(tx, parties.map((party) => party.email.toLowerCase()))
  const accounts = parties.map((party, index) => ({ ...party, id: newId(), roleId: newId(), username: usernames[index] ?? newId(), locale: "nl" }))
  await insertAccounts(tx, accounts)
  await inviteAccounts(tx, accounts.map(({ id, partyId, kind, email }) => ({ accountId: id, partyId, kind, email })), by, now)
}
