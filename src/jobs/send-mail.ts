import { closeMail } from "#domain/mails/close-mail.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { noteMailboxFailed, noteMailboxTook, openMailboxFor, tryMailLater } from "#domain/mailboxes/use-mailbox.ts"
import { notePayslipMailed } from "#domain/payslip-mails/lock-payslip.ts"
import { now } from "#platform/clock.ts"
import { env } from "#platform/env.ts"
import type { JobPayloads } from "#platform/job-queues.ts"
import { MailFailed, sendMail } from "#platform/mailer.ts"
import { attachmentsFor } from "./attachments-for.ts"
import { letterFor } from "./letter-for.ts"

/**
 * Sends one queued mail. Its Message-ID follows from its row: should the server's last answer be lost, the second try is the same mail.
 * A mail that can never arrive is given up with the reason; any other failure is thrown, and the queue tries again later, but through an own mailbox it takes a new
 * place in its pace then. What goes with it is read and locked only when it leaves.
 * Where somebody has a copy, nothing in it switches the receiver's mails off.
 */
export async function sendQueuedMail({ mailId, turn, tries = 0 }: JobPayloads["send-mail"]): Promise<void> {
  const mail = await openMail(mailId)
  if (!mail) return
  if (mail.isDead) return closeMail(mailId, { state: "failed", failure: "address-dead" }, now())
  const [own, { headers, ...letter }] = await Promise.all([openMailboxFor(mail, { turn, tries }, now()), letterFor(mail, env().PUBLIC_URL)])
  if (own === "later") return
  const attachments = await attachmentsFor(mail)
  if (typeof attachments === "string") return closeMail(mailId, { state: "failed", failure: attachments }, now())
  const host = new URL(env().PUBLIC_URL).hostname
  try {
    await sendMail({ messageId: `${mail.id}@${host}`, to: { address: mail.toAddress }, returnPath: own ? null : mail.returnPath, attachments, ...letter, headers: own?.server.copy ? {} : headers }, own?.server)
  } catch (error) {
    if (!(error instanceof MailFailed)) throw error
    if (own && (await noteMailboxFailed(mailId, own, error, now()))) return
    await closeMail(mailId, { state: error.permanent ? "failed" : "queued", failure: error.code, refused: error.refusal() }, now())
    if (error.permanent) return
    if (!own) throw error
    return tryMailLater({ mailId, tries }, now())
  }
  if (mail.kind === "payslip-by-mail" && mail.aboutId && mail.partyId) await notePayslipMailed({ fileId: mail.aboutId, employeeId: mail.partyId }, now())
  await closeMail(mailId, { state: "sent", throughId: own?.box.partyId ?? null }, now())
  if (own) await noteMailboxTook(own, now())
}
