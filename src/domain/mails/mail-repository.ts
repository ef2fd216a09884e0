import type { Transaction } from "#platform/database.ts"

export type MailRow = {
  id: string
  kind: string
  accountId: string
  toAddress: string
  partyId: string | null
  deliveryId: string | null
  sealed: Uint8Array<ArrayBuffer> | null
  queuedAt: Date
}

/** Queues mails; one that stands already for the same delivery, account and kind is left as it is. */
export async function insertMails(tx: Transaction, mails: readonly MailRow[]): Promise<void> {
  await tx.mail.createMany({ data: [...mails], skipDuplicates: true })
}

/** A mail that still has to go out, with its account's username and language; held by the transaction. Null when it went already. */
export async function findQueuedMail(
  tx: Transaction,
  mailId: string,
): Promise<(MailRow & { username: string; locale: string; attempts: number; partyNames: string[] }) | null> {
  const mail = await tx.mail.findUnique({
    where: { id: mailId, state: "queued" },
    select: {
      id: true, kind: true, accountId: true, toAddress: true, partyId: true, deliveryId: true, sealed: true, queuedAt: true, attempts: true,
      account: {
        select: {
          username: true,
          locale: true,
          roles: {
            where: { endedAt: null },
            select: { party: { select: { office: { select: { name: true } }, employer: { select: { name: true } }, employee: { select: { employer: { select: { name: true } } } } } } },
          },
        },
      },
    },
  })
  if (!mail) return null
  const { account, sealed, ...rest } = mail
  const partyNames = account.roles.flatMap(({ party }) => party.office?.name ?? party.employer?.name ?? party.employee?.employer.name ?? [])
  return { ...rest, sealed: sealed ? new Uint8Array(sealed) : null, username: account.username, locale: account.locale, partyNames }
}

/** For whom a mail is sent: the employer, and the office that works for it now. */
export type MailSenders = { employerId: string | null; officeId: string | null }

/** For whom mails about a party are sent: about an office for itself. */
export async function findSenders(tx: Transaction, partyId: string): Promise<MailSenders> {
  const [row] = await tx.$queryRaw<MailSenders[]>`
    select e.id as "employerId", coalesce(o.id, g.office_id) as "officeId"
    from audience a
      left join office o on o.id = a.id
      left join employee w on w.id = a.id
      left join employer e on e.id = coalesce(w.employer_id, a.id)
      left join engagement g on g.employer_id = e.id and g.ended_at is null
    where a.id = ${partyId}::uuid`
  return row ?? { employerId: null, officeId: null }
}

/** Writes down how a mail went. A sent one lets go of its secret. */
export async function updateMail(
  tx: Transaction,
  mailId: string,
  outcome: { state: "sent"; sentAt: Date } | { state: "queued" | "failed"; failure: string },
): Promise<void> {
  const gone = outcome.state === "queued" ? {} : { sealed: null }
  await tx.mail.updateMany({ where: { id: mailId, state: "queued" }, data: { ...outcome, ...gone, attempts: { increment: 1 } } })
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
export type ReturnedRow = { mailId: string; accountId: string; partyId: string | null; toAddress: string; queuedAt: Date }

/** A mail as it was sent, held by the transaction. */
export async function findReturned(tx: Transaction, mailId: string): Promise<ReturnedRow | null> {
  const [row] = await tx.$queryRaw<ReturnedRow[]>`
    select id as "mailId", account_id as "accountId", party_id as "partyId", to_address as "toAddress", queued_at as "queuedAt" from mail where id = ${mailId}::uuid for update`
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
