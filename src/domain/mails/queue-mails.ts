import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { seal } from "#platform/secrets.ts"
import type { MailKind } from "./mail-kinds.ts"
import { insertMails } from "./mail-repository.ts"

/** A mail to one address. `partyId`: whose files or access it is about; null for what concerns the account itself. `ownerId`: which employer or office sees it among its mails, where that is not the one of `partyId`. `token` is what only this mail tells: the secret of a one-time link, which usernames, what changed; it is kept sealed until the mail is sent. */
export type MailToQueue = { kind: MailKind; accountId: string; toAddress: string; partyId?: string | null; ownerId?: string; deliveryId?: string; token?: string }

/** Queues mails in the transaction of what caused them: they go out when it commits, and never otherwise. */
export async function queueMails(tx: Transaction, mails: readonly MailToQueue[], now: Date): Promise<void> {
  const rows = mails.map((mail) => {
    const id = newId()
    const sealed = mail.token === undefined ? null : seal("mail-token", Buffer.from(mail.token), id)
    return { id, kind: mail.kind, accountId: mail.accountId, toAddress: mail.toAddress, partyId: mail.partyId ?? null, ownerId: mail.ownerId ?? null, deliveryId: mail.deliveryId ?? null, sealed, queuedAt: now }
  })
  await insertMails(tx, rows)
  await enqueue(tx, "send-mail", rows.map(({ id }) => ({ mailId: id })))
}
