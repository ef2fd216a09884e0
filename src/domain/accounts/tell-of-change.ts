import type { Transaction } from "#platform/database.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findAccountHolder } from "./account-repository.ts"
import { addressesOf } from "./addresses-of.ts"

/** A change of how one gets into an account, of which its holder hears. Each has a sentence in the mail "account-changed". */
export type AccountChange =
  | "second-step-on"
  | "second-step-off"
  | "recovery-code-used"
  | "recovery-codes-new"
  | "passkey-added"
  | "passkey-removed"
  | "password-changed"
  | "username-changed"
  | "signed-out-everywhere"
  | "private-email-changed"
  | "contact-email-changed"
  | "access-blocked"
  | "access-given-back"
  | "access-taken"
  | "role-added"
  | "second-step-reset"
  | "second-step-tried"
  | "api-key-made"
  | "mailbox-changed"

/**
 * Mails the holder of an account that a way into it changed (OWASP ASVS 6.3.7), to every address where a link for a password would go too, and to those in
 * `alsoTo`: where an address changed, the one that was. Nobody without an address is told. The code of the change stands in the row as a token does: sealed
 * until it was sent.
 */
export async function tellOfChange(tx: Transaction, accountId: string, what: AccountChange, now: Date, { alsoTo = [] }: { alsoTo?: readonly string[] } = {}): Promise<void> {
  const holder = await findAccountHolder(tx, { id: accountId })
  const addresses = new Set([...(holder ? addressesOf(holder) : []), ...alsoTo])
  await queueMails(tx, [...addresses].map((toAddress) => ({ kind: "account-changed" as const, accountId, toAddress, token: what })), now)
}

/** Mails the holder of an account that somebody signed in to it in a browser that was not known (ASVS 6.3.5). */
export async function tellOfNewDevice(tx: Transaction, accountId: string, now: Date): Promise<void> {
  const holder = await findAccountHolder(tx, { id: accountId })
  await queueMails(tx, (holder ? addressesOf(holder) : []).map((toAddress) => ({ kind: "new-sign-in" as const, accountId, toAddress })), now)
}

/** Mails an owner that the mailbox of the office or business does not work; by the portal's own server. */
export async function tellOfFailingMailbox(tx: Transaction, accountId: string, now: Date): Promise<void> {
  const holder = await findAccountHolder(tx, { id: accountId })
  await queueMails(tx, (holder ? addressesOf(holder) : []).map((toAddress) => ({ kind: "mailbox-failing" as const, accountId, toAddress })), now)
}
