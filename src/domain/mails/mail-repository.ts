import type { Reader, Transaction } from "#platform/database.ts"

export type MailRow = {
  id: string
  kind: string
  accountId: string
  toAddress: string
  partyId: string | null
  ownerId: string | null
  deliveryId: string | null
  sealed: Uint8Array<ArrayBuffer> | null
  queuedAt: Date
}

/** Queues mails; one that stands already for the same delivery, account and kind is left as it is. */
export async function insertMails(tx: Transaction, mails: readonly MailRow[]): Promise<void> {
  await tx.mail.createMany({ data: [...mails], skipDuplicates: true })
}

/** For whom a mail is sent: the employer, and the office that works for it now. About an office: for itself. */
export type MailSenders = { employerId: string | null; officeId: string | null }

/** A mail that still has to go out, with what it is made of, for whom it is, and whether its address is dead. */
export type QueuedMailRow = Omit<MailRow, "ownerId"> & MailSenders & { username: string; locale: string; partyNames: string[]; isDead: boolean }

/** A mail that still has to go out, in one statement: a hundred thousand wait for it. Null when it went already. */
export async function findQueuedMail(reader: Reader, mailId: string): Promise<QueuedMailRow | null> {
  const [row] = await reader.$queryRaw<QueuedMailRow[]>`
    select m.id, m.kind, m.account_id as "accountId", m.to_address as "toAddress", m.party_id as "partyId", m.delivery_id as "deliveryId", m.sealed, m.queued_at as "queuedAt", a.username, a.locale,
           array(
             select coalesce(ro.name, re.name, rw.name) from account_role r left join office ro on ro.id = r.party_id left join employer re on re.id = r.party_id
               left join employee rp on rp.id = r.party_id left join employer rw on rw.id = rp.employer_id
             where r.account_id = m.account_id and r.ended_at is null and coalesce(ro.name, re.name, rw.name) is not null order by r.id
           ) as "partyNames",
           e.id as "employerId", coalesce(o.id, g.office_id) as "officeId",
           coalesce((select d.revived_at is null from dead_address d where d.address_hash = address_hash(m.to_address)), false) as "isDead"
    from mail m join account a on a.id = m.account_id
      left join office o on o.id = m.party_id
      left join employee w on w.id = m.party_id
      left join employer e on e.id = coalesce(w.employer_id, m.party_id)
      left join engagement g on g.employer_id = e.id and g.ended_at is null
    where m.id = ${mailId}::uuid and m.state = 'queued'`
  return row ? { ...row, sealed: row.sealed && new Uint8Array(row.sealed) } : null
}

/** Writes down that a mail was sent, and by whose mailbox (null: by the portal), in one statement as findQueuedMail. It lets go of its secret, as updateMail. */
export async function markSent(reader: Reader, mailId: string, { sentAt, throughId }: { sentAt: Date; throughId: string | null }): Promise<void> {
  await reader.$queryRaw`
    update mail set state = 'sent', sent_at = ${sentAt}::timestamptz, through_id = ${throughId}::uuid, sealed = case when kind = 'approval' then sealed end, attempts = attempts + 1 where id = ${mailId}::uuid and state = 'queued'`
}

/** Writes down that a mail waits for another try, or did not go. One that did not lets go of its secret; the news of an approval is none, and stays for who sends it once more. */
export async function updateMail(tx: Transaction, mailId: string, { state, failure }: { state: "queued" | "failed"; failure: string }): Promise<void> {
  await tx.$executeRaw`
    update mail set state = ${state}::mail_state, failure = ${failure}, sealed = case when ${state} = 'queued' or kind = 'approval' then sealed end, attempts = attempts + 1
    where id = ${mailId}::uuid and state = 'queued'`
}

/** The mails that wait to be sent for an employer or office, those of an office's clients among them; the oldest first. As the system. */
export async function findWaiting(reader: Reader, ownerId: string, most: number): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    select id from mail where state = 'queued' and owner_id in (select ${ownerId}::uuid union select employer_id from engagement where office_id = ${ownerId}::uuid and ended_at is null)
    order by queued_at limit ${most}`
  return rows.map(({ id }) => id)
}

/** How many mails of a kind were given up for one reason, and when the last of them was queued. */
export type MailFailure = { kind: string; failure: string; count: number; lastAt: Date }

/** The mails that were given up, counted. */
export async function countFailures(tx: Transaction): Promise<MailFailure[]> {
  return tx.$queryRaw<MailFailure[]>`
    select kind, coalesce(failure, '') as failure, count(*)::int as count, max(queued_at) as "lastAt"
    from mail where state = 'failed' group by kind, failure order by count(*) desc, kind, failure`
}

/** A mail that may have come back. */
export type ReturnedRow = { mailId: string; accountId: string; partyId: string | null; toAddress: string; queuedAt: Date; throughId: string | null }

/** A mail as it was sent, held by the transaction. */
export async function findReturned(tx: Transaction, mailId: string): Promise<ReturnedRow | null> {
  const [row] = await tx.$queryRaw<ReturnedRow[]>`
    select id as "mailId", account_id as "accountId", party_id as "partyId", to_address as "toAddress", queued_at as "queuedAt", through_id as "throughId" from mail where id = ${mailId}::uuid for update`
  return row ?? null
}

/** A mail that was sent came back; one that was not is left to who sends it. */
export async function updateReturned(tx: Transaction, mailId: string, failure: string): Promise<void> {
  await tx.mail.updateMany({ where: { id: mailId, state: "sent" }, data: { state: "failed", failure } })
}

/** Has an account mailed no more that something is there. False when that was so already. */
export async function muteAccount(tx: Transaction, accountId: string): Promise<boolean> {
  return (await tx.account.updateMany({ where: { id: accountId, mailsOnNewFiles: true }, data: { mailsOnNewFiles: false } })).count > 0
}
