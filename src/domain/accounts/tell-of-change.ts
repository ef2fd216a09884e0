import type { Transaction } from "#platform/database.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findAccountHolder } from "./account-repository.ts"

/** A change of how one gets into an account, of which its holder hears. Each has a sentence in the mail "account-changed". */
export type AccountChange = "second-step-on" | "second-step-off" | "recovery-code-used" | "recovery-codes-new" | "passkey-added" | "passkey-removed"

/**
 * Mails the holder of an account that a way into it changed (OWASP ASVS 6.3.7), to every address where a link for a password would go too. Nobody without
 * an address is told. The code of the change stands in the row as a token does: sealed until it was sent.
 */
export async function tellOfChange(tx: Transaction, accountId: string, what: AccountChange, now: Date): Promise<void> {
  const holder = await findAccountHolder(tx, { id: accountId })
  if (!holder) return
  const ofParties = holder.parties.flatMap((party) => [party.contactEmail, party.privateEmail])
  const addresses = new Set((holder.email === null ? ofParties : [holder.email]).filter((one) => one !== null))
  await queueMails(tx, [...addresses].map((toAddress) => ({ kind: "account-changed" as const, accountId, toAddress, token: what })), now)
}
