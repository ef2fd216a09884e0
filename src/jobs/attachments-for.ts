import { lockPayslip } from "#domain/payslip-mails/lock-payslip.ts"
import type { MailToSend } from "#domain/mails/open-mail.ts"
import type { OutgoingMail } from "#platform/mailer.ts"

/** What goes with a mail, under a name that tells nothing; or the code of why it may not go, and the mail with it. */
export async function attachmentsFor({ kind, aboutId, partyId, toAddress }: Pick<MailToSend, "kind" | "aboutId" | "partyId" | "toAddress">): Promise<NonNullable<OutgoingMail["attachments"]> | "not-wanted" | "not-lockable"> {
  if (kind !== "payslip-by-mail") return []
  const bytes = aboutId && partyId ? await lockPayslip({ fileId: aboutId, employeeId: partyId, toAddress }) : "not-wanted"
  return typeof bytes === "string" ? bytes : [{ filename: "document.pdf", contentType: "application/pdf", content: Buffer.from(bytes) }]
}
