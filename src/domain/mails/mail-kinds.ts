/** Every mail the portal sends. "trial" is one of the others, sent to who changed its words. */
export const MAIL_KINDS = ["welcome-employee", "welcome-employer", "password-link", "new-files", "confirm-address", "welcome-staff", "account-changed", "new-sign-in", "usernames", "approval", "file-withdrawn", "file-replaced", "reminder", "payslip-by-mail", "trial", "mailbox-failing", "webhook-stopped", "backup-damaged", "backup-missed", "backup-ending"] as const

export type MailKind = (typeof MAIL_KINDS)[number]

/** True for the name of a kind, as it stands in a row. */
export function isMailKind(text: string): text is MailKind {
  return MAIL_KINDS.some((kind) => kind === text)
}
