import { asSystem, type Transaction } from "#platform/database.ts"
import { payslipToMail } from "../files/payslip-to-mail.ts"
import { whoHad, type Recalled } from "../files/who-had.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { partiesToMail } from "../parties/people-to-tell.ts"
import { mailPayslips } from "../payslip-mails/mail-payslips.ts"
import { findAccountsOf } from "./account-repository.ts"
import { findMuted } from "./preference-repository.ts"

/**
 * Mails who had a file that it was withdrawn, or that another version is there; of a delivery that was withdrawn at once, one mail for all. Once per account, also when it
 * runs twice. That something was taken away is told to who wants no mails as well; a new version is not. A new payslip goes by mail as well to who gets them so. Nobody
 * without an address, or who is blocked.
 */
export async function tellOfRecall(recalled: Recalled, now: Date): Promise<void> {
  const { what } = recalled
  await asSystem("recall", async (tx) => {
    const had = await whoHad(tx, recalled)
    const parties = await partiesToMail(tx, had.map((one) => one.partyId))
    const accounts = await findAccountsOf(tx, had.map((one) => one.partyId))
    const muted = what === "file-replaced" ? await findMuted(tx, [...accounts.values()].flat().map((one) => one.accountId)) : new Set<string>()
    const mails = had.flatMap(({ partyId, isOverviews }) =>
      (accounts.get(partyId) ?? [])
        .filter((one) => one.seesParty !== isOverviews && !one.isBlocked && !muted.has(one.accountId))
        .flatMap(({ accountId, email }) => {
          const toAddress = email ?? parties.get(partyId)
          return toAddress ? [{ kind: what, accountId, toAddress, partyId, deliveryId: "fileId" in recalled ? recalled.fileId : recalled.deliveryId }] : []
        }),
    )
    await queueMails(tx, mails, now)
    if (recalled.what === "file-replaced") await mailReplacement(tx, { fileId: recalled.fileId, partyIds: had.map((one) => one.partyId) }, now)
  })
}

/** A payslip that comes in the place of another goes by mail as the first did, to who gets them so. */
async function mailReplacement(tx: Transaction, { fileId, partyIds }: { fileId: string; partyIds: readonly string[] }, now: Date): Promise<void> {
  for (const employeeId of partyIds) {
    const payslip = await payslipToMail(tx, { fileId, ownerId: employeeId })
    if (payslip) await mailPayslips(tx, { senderId: payslip.senderId, payslips: [{ fileId, employeeId }] }, now)
  }
}
