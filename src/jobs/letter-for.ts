import { wordsOf } from "#domain/mail-texts/words-of.ts"
import type { MailKind } from "#domain/mails/mail-kinds.ts"
import type { MailToSend } from "#domain/mails/open-mail.ts"
import { switchOffToken } from "#domain/mails/switch-off.ts"
import { accountChanged } from "#mail/account-changed.ts"
import { backups } from "#mail/backups.ts"
import { confirmAddress } from "#mail/confirm-address.ts"
import type { SetLetter } from "#mail/letter.ts"
import { mailboxFailing } from "#mail/mailbox-failing.ts"
import { newSignIn } from "#mail/new-sign-in.ts"
import { passwordLink } from "#mail/password-link.ts"
import { usernames } from "#mail/usernames.ts"
import { webhookStopped } from "#mail/webhook-stopped.ts"
import { written } from "#mail/written.ts"

/** Mails about the account itself, about how mails are sent, about back-ups and webhooks: in the portal's words alone. */
const byPortal: Partial<Record<MailKind, (mail: MailToSend, url: string) => SetLetter>> = {
  "password-link": (mail, url) => passwordLink({ ...mail, url, token: mail.token ?? "" }),
  "confirm-address": (mail, url) => confirmAddress({ ...mail, url, token: mail.token ?? "" }),
  "account-changed": (mail, url) => accountChanged({ ...mail, url, what: mail.token ?? "", at: mail.queuedAt }),
  "new-sign-in": (mail, url) => newSignIn({ ...mail, url, at: mail.queuedAt }),
  "mailbox-failing": (mail, url) => mailboxFailing({ ...mail, url }),
  "webhook-stopped": (mail, url) => webhookStopped({ ...mail, url }),
  "backup-damaged": (mail, url) => backups({ ...mail, url, what: "backup-damaged" }),
  "backup-missed": (mail, url) => backups({ ...mail, url, what: "backup-missed" }),
  "backup-ending": (mail, url) => backups({ ...mail, url, what: "backup-ending" }),
  usernames: (mail, url) => usernames({ ...mail, url, names: (mail.token ?? "").split(" ") }),
}

/** Those that somebody can switch off. */
const canBeOff: readonly MailKind[] = ["new-files", "reminder", "file-replaced"]
const isWelcome = (kind: MailKind) => kind === "welcome-employee" || kind === "welcome-employer"

/** What a mail says, in the words of who sends it, with the headers by which a mail program lets its receiver switch such mails off (RFC 2369, RFC 8058). */
export async function letterFor(mail: MailToSend, url: string): Promise<SetLetter & { headers: Record<string, string> }> {
  const letter = byPortal[mail.kind]
  if (letter) return { ...letter(mail, url), headers: {} }
  const wording = await wordsOf(mail)
  if (!wording) throw new Error(`Nothing says what a mail of the kind ${mail.kind} says`)
  const token = isWelcome(mail.kind) ? mail.token : null
  return { ...written({ ...wording, username: mail.username, url, token }), headers: canBeOff.includes(mail.kind) ? headersToSwitchOff(mail.accountId, url) : {} }
}

function headersToSwitchOff(accountId: string, url: string): Record<string, string> {
  return { "List-Unsubscribe": `<${url}/api/mails-uit/${switchOffToken(accountId)}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
}
