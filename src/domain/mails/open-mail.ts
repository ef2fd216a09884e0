import { asSystemOnce } from "#platform/database.ts"
import { unseal } from "#platform/secrets.ts"
import { isDeadAddress } from "../bounces/dead-address.ts"
import { returnPathOf } from "../bounces/return-path.ts"
import { isMailKind, type MailKind } from "./mail-kinds.ts"
import { findQueuedMail, findSenders, type MailSenders } from "./mail-repository.ts"

/** What a mail's text is made of. `token` is the secret of a link, which belongs there and nowhere else; or what only this mail tells (what changed, which usernames). */
export type MailToSend = {
  id: string
  kind: MailKind
  accountId: string
  toAddress: string
  /** Whose files or access it is about, and which delivery or file. */
  partyId: string | null
  aboutId: string | null
  username: string
  locale: "nl" | "en"
  partyNames: string[]
  queuedAt: Date
  token: string | null
  /** Through whose mailbox and in whose words it may go: nobody's but the portal's where both are null. */
  senders: MailSenders
  /** Where it comes back to when it does not arrive; null: to its sender. */
  returnPath: string | null
  /** Nothing arrives at this address: it is not to be sent. */
  isDead: boolean
}

/** A mail that still has to go out, or null when it went already: a job that runs twice sends once. */
export async function openMail(mailId: string): Promise<MailToSend | null> {
  const reader = asSystemOnce("send-mail")
  const mail = await findQueuedMail(reader, mailId)
  if (!mail || !isMailKind(mail.kind)) return null
  const token = mail.sealed ? unseal("mail-token", mail.sealed, mail.id).toString() : null
  const senders = mail.partyId ? await findSenders(reader, mail.partyId) : { employerId: null, officeId: null }
  const { id, kind, accountId, toAddress, partyId, deliveryId: aboutId, username, partyNames, queuedAt } = mail
  return { id, kind, accountId, toAddress, partyId, aboutId, username, locale: mail.locale === "en" ? "en" : "nl", partyNames, queuedAt, token, senders, returnPath: returnPathOf(id), isDead: await isDeadAddress(reader, toAddress) }
}
