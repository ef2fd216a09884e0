import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import type { MailKind } from "../mails/mail-kinds.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { insertAccounts } from "./account-repository.ts"
import { freeUsernames } from "./free-usernames.ts"

export type PartyToWelcome = { partyId: string; kind: "employer" | "employee"; email: string }

/**
 * Gives parties that have no account yet one of their own, without a password, and queues their welcome mail in the same transaction.
 * The username is the e-mail address; where that is taken (a couple, a small firm) a number follows it. Returns how many were welcomed.
 */
export async function welcomeParties(tx: Transaction, parties: readonly PartyToWelcome[], deliveryId: string, now: Date): Promise<void> {
  const usernames = await freeUsernames(tx, parties.map((party) => party.email.toLowerCase()))
  const accounts = parties.map((party, index) => ({
    id: newId(),
    roleId: newId(),
    username: usernames[index] ?? newId(),
    partyId: party.partyId,
    locale: "nl",
  }))
  await insertAccounts(tx, accounts)
  const mailFor = { employer: "welcome-employer", employee: "welcome-employee" } as const satisfies Record<PartyToWelcome["kind"], MailKind>
  const mails = parties.map((party, index) => ({
    kind: mailFor[party.kind],
    accountId: accounts[index]?.id ?? "",
    toAddress: party.email,
    deliveryId,
  }))
  await queueMails(tx, mails, now)
}
