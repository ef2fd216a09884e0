import { lockPayslip } from "#domain/payslip-mails/lock-payslip.ts"
import type { MailToSend } from "#domain/mails/open-mail.ts"
import type { OutgoingMail } from "#platform/mailer.ts"

/** What goes with a mail, under a name that tells nothing; null when it may go no more, and the mail with it. */
export async function attachmentsFor({ kind, aboutId, partyId }: Pick<MailToSend, "kind" | "aboutId" | "partyId">): Promise<NonNullable<OutgoingMail["attachments"]> | null> {
  if (kind !== "payslip-by-mail") return []
  const bytes = aboutId && partyId ? await lockPayslip({ fileId: aboutId, employeeId: partyId }) : null
  return bytes && [{ filename: "document.pdf", contentType: "application/pdf", content: Buffer.from(bytes) }]
}
