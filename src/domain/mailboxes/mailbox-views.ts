import type { PresetKey, SignInBy } from "#policy/mailbox-presets.ts"
import type { MailboxServer } from "#policy/mailbox-server.ts"
import type { SmtpTrouble } from "#policy/smtp-answers.ts"

/** A copy of each mail to one address, for all to see or not. Never of a mail with a link that lets somebody in. */
export type MailCopy = { as: "cc" | "bcc"; to: string }

/** A mailbox as its owners set it up. `hasSecret`: a password is kept, or it is connected; itself it is never shown. */
export type MailboxView = MailboxServer & {
  isOn: boolean
  address: string
  name: string
  preset: PresetKey | null
  username: string
  signInBy: SignInBy
  hasSecret: boolean
  copy: MailCopy | null
  perMinute: number
  perDay: number
  provenAt: Date | null
  lastSentAt: Date | null
  lastFailedAt: Date | null
  lastFailure: SmtpTrouble | null
  failingSince: Date | null
  /** Where it is read for mails that came back, when that last went well, and why it did not since; null where it is not read. */
  reading: { host: string; port: number; at: Date | null; trouble: SmtpTrouble | null } | null
}

/** A mailbox to read for mails that came back. `seen`: what was looked at already, as the reader wrote it. */
export type MailboxToRead = { partyId: string; version: number; host: string; port: number; user: string; secret: { password: string } | { token: string }; seen: string | null }

/** What a test mail met on its way. `said` are the server's own words, where it said something. */
export type TestView = {
  steps: readonly { step: "connected" | "secured" | "signed-in" | "sender" | "recipient" | "delivered"; detail: string | null }[]
  trouble: SmtpTrouble | null
  said: string | null
}
