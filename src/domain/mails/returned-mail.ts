import type { Transaction } from "#platform/database.ts"
import type { MailReason } from "#policy/mail-reasons.ts"
import { findReturned, updateReturned, type ReturnedRow } from "./mail-repository.ts"

export type { ReturnedRow }

/** A mail that is said to have come back, held by the transaction; null when there is none such. */
export async function holdReturned(tx: Transaction, mailId: string): Promise<ReturnedRow | null> {
  return findReturned(tx, mailId)
}

/** A mail that was sent did not arrive after all. */
export async function markReturned(tx: Transaction, mailId: string, reason: MailReason): Promise<void> {
  await updateReturned(tx, mailId, `bounced ${reason}`)
}
