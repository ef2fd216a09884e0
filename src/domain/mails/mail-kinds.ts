/** Every mail the portal sends; each has a file of the same name in src/mail/. */
export const MAIL_KINDS = ["welcome-employee", "welcome-employer", "password-link", "new-files", "confirm-address", "welcome-staff", "account-changed", "new-sign-in", "usernames", "approval", "file-withdrawn", "file-replaced", "reminder", "backup-damaged", "backup-missed"] as const

export type MailKind = (typeof MAIL_KINDS)[number]

/** True for the name of a kind, as it stands in a row. */
export function isMailKind(text: string): text is MailKind {
  return MAIL_KINDS.some((kind) => kind === text)
}
