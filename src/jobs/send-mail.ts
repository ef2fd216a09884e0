import { closeMail } from "#domain/mails/close-mail.ts"
import { openMail, type MailToSend } from "#domain/mails/open-mail.ts"
import type { MailKind } from "#domain/mails/mail-kinds.ts"
import type { SetLetter } from "#mail/letter.ts"
import { accountChanged } from "#mail/account-changed.ts"
import { approval } from "#mail/approval.ts"
import { confirmAddress } from "#mail/confirm-address.ts"
import { newFiles } from "#mail/new-files.ts"
import { newSignIn } from "#mail/new-sign-in.ts"
import { passwordLink } from "#mail/password-link.ts"
import { usernames } from "#mail/usernames.ts"
import { welcomeEmployee } from "#mail/welcome-employee.ts"
import { welcomeEmployer } from "#mail/welcome-employer.ts"
import { welcomeStaff } from "#mail/welcome-staff.ts"
import { now } from "#platform/clock.ts"
import { env } from "#platform/env.ts"
import type { JobPayloads } from "#platform/job-queues.ts"
import { MailFailed, sendMail } from "#platform/mailer.ts"

const letters = {
  "welcome-employee": (mail, url) => welcomeEmployee({ ...mail, url, employer: mail.partyNames.join(", ") }),
  "welcome-employer": (mail, url) => welcomeEmployer({ ...mail, url, employer: mail.partyNames.join(", ") }),
  "password-link": (mail, url) => passwordLink({ ...mail, url, token: mail.token ?? "" }),
  "new-files": (mail, url) => newFiles({ ...mail, url, what: "new-files" }),
  "file-withdrawn": (mail, url) => newFiles({ ...mail, url, what: "file-withdrawn" }),
  "file-replaced": (mail, url) => newFiles({ ...mail, url, what: "file-replaced" }),
  reminder: (mail, url) => newFiles({ ...mail, url, what: "reminder" }),
  "confirm-address": (mail, url) => confirmAddress({ ...mail, url, token: mail.token ?? "" }),
  "account-changed": (mail, url) => accountChanged({ ...mail, url, what: mail.token ?? "", at: mail.queuedAt }),
  "new-sign-in": (mail, url) => newSignIn({ ...mail, url, at: mail.queuedAt }),
  usernames: (mail, url) => usernames({ ...mail, url, names: (mail.token ?? "").split(" ") }),
  approval: (mail, url) => approval({ ...mail, url, what: mail.token ?? "" }),
  "welcome-staff": (mail, url) => welcomeStaff({ ...mail, url, party: mail.partyNames.join(", ") }),
} as const satisfies Record<MailKind, (mail: MailToSend, url: string) => SetLetter>

/**
 * Sends one queued mail. Its Message-ID follows from its row: should the server's last answer be lost, the second try is the same mail.
 * A mail that can never arrive is given up with the reason; any other failure is thrown, and the queue tries again later.
 */
export async function sendQueuedMail({ mailId }: JobPayloads["send-mail"]): Promise<void> {
  const mail = await openMail(mailId)
  if (!mail) return
  if (mail.isDead) return closeMail(mailId, { state: "failed", failure: "address-dead" }, now())
  const host = new URL(env().PUBLIC_URL).hostname
  try {
    await sendMail({ messageId: `${mail.id}@${host}`, to: { address: mail.toAddress }, returnPath: mail.returnPath, ...letters[mail.kind](mail, env().PUBLIC_URL) })
  } catch (error) {
    if (!(error instanceof MailFailed)) throw error
    await closeMail(mailId, { state: error.permanent ? "failed" : "queued", failure: error.code, ...(error.isAboutAddress ? { refused: { status: error.status } } : {}) }, now())
    if (error.permanent) return
    throw error
  }
  await closeMail(mailId, { state: "sent" }, now())
}
