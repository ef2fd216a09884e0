import type { Transaction } from "#platform/database.ts"
import { accountsToMail } from "../accounts/accounts-to-mail.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { partiesToMail } from "../parties/people-to-tell.ts"
import { findMailed } from "./payslip-mail-repository.ts"

/**
 * Queues the payslips of a delivery for those who get them by mail too: one mail a payslip, to the address in payroll and no other. Nobody without an address or an account that may
 * come in. The mail holds no file: what goes with it is read and locked when it is sent.
 */
export async function mailPayslips(tx: Transaction, { senderId, payslips }: { senderId: string; payslips: readonly { fileId: string; employeeId: string }[] }, now: Date): Promise<void> {
  const mailed = new Set(payslips.length > 0 ? await findMailed(tx, senderId, payslips.map(({ employeeId }) => employeeId)) : [])
  if (mailed.size === 0) return
  const addresses = await partiesToMail(tx, [...mailed])
  const accounts = await accountsToMail(tx, [...mailed])
  const mails = payslips.flatMap(({ fileId, employeeId }) => {
    const [toAddress, accountId] = [addresses.get(employeeId), accounts.get(employeeId)]
    return mailed.has(employeeId) && toAddress && accountId ? [{ kind: "payslip-by-mail" as const, accountId, toAddress, partyId: employeeId, deliveryId: fileId }] : []
  })
  await queueMails(tx, mails, now)
}
