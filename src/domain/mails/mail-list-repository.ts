import type { Reader, Transaction } from "#platform/database.ts"

/** Where a mail is: waiting, handed over to the receiver's side, or not arrived. */
export const MAIL_STATES = ["queued", "sent", "failed"] as const

export type MailState = (typeof MAIL_STATES)[number]

/** A mail as its employer or office sees it: to whom (a person, or the party itself), and how it went. */
export type MailLineRow = {
  id: string
  kind: string
  state: MailState
  failure: string | null
  queuedAt: Date
  sentAt: Date | null
  deliveryId: string | null
  employerId: string | null
  partyName: string | null
  person: { id: string; initials: string; prefix: string | null; surname: string } | null
}

/** Which mails: of one delivery or of all, in one state or in each, older than one that was seen already. */
export type MailFilter = { deliveryId: string | null; states: readonly MailState[]; before: { at: Date; id: string } | null }

export type MailCounts = Record<MailState, number>

/**
 * The newest mails in sight, at most `limit`. For a list of all: the first few of each employer in each state, which the index has in order, so that what it
 * costs depends on the number of clients and not on the number of mails.
 */
export async function findMailLines(reader: Reader, { deliveryId, states, before }: MailFilter, limit: number): Promise<MailLineRow[]> {
  const [at, id] = [before?.at ?? new Date("9999-01-01T00:00:00Z"), before?.id ?? "ffffffff-ffff-ffff-ffff-ffffffffffff"]
  const page = deliveryId
    ? reader.$queryRaw<{ id: string }[]>`
        select id from mail where delivery_id = ${deliveryId}::uuid and state::text = any (${[...states]}::text[]) and (queued_at, id) < (${at}::timestamptz, ${id}::uuid)
        order by queued_at desc, id desc limit ${limit}`
    : reader.$queryRaw<{ id: string }[]>`
        select m.id from (select unnest((select viewer_employers())) union select viewer_party()) as o (id)
          cross join unnest(${[...states]}::mail_state[]) as s (state)
          cross join lateral (
            select id, queued_at from mail where owner_id = o.id and state = s.state and (queued_at, id) < (${at}::timestamptz, ${id}::uuid)
            order by queued_at desc, id desc limit ${limit}
          ) as m
        order by m.queued_at desc, m.id desc limit ${limit}`
  const ids = (await page).map((row) => row.id)
  return ids.length === 0 ? [] : reader.$queryRaw<MailLineRow[]>`
    select m.id, m.kind, m.state::text as state, m.failure, m.queued_at as "queuedAt", m.sent_at as "sentAt", m.delivery_id as "deliveryId", e.id as "employerId",
           coalesce(e.name, o.name) as "partyName",
           case when w.id is not null then jsonb_build_object('id', w.id, 'initials', w.initials, 'prefix', w.prefix, 'surname', w.surname) end as person
    from mail m left join employee w on w.id = m.party_id left join employer e on e.id = m.owner_id left join office o on o.id = m.owner_id
    where m.id = any (${ids}::uuid[]) order by m.queued_at desc, m.id desc`
}

/** How many mails in sight are in each state, each counted up to `most`: what it costs does not grow with what there is. */
export async function countMails(reader: Reader, deliveryId: string | null, most: number): Promise<MailCounts> {
  const counted = deliveryId
    ? await reader.$queryRaw<{ state: MailState; count: number }[]>`
        select state::text as state, count(*)::int as count from mail where delivery_id = ${deliveryId}::uuid group by state`
    : await reader.$queryRaw<{ state: MailState; count: number }[]>`
        select s.state::text as state, (
          select count(*)::int from (
            select from (select unnest((select viewer_employers())) union select viewer_party()) as o (id)
              cross join lateral (select from mail where owner_id = o.id and state = s.state limit ${most}) as m limit ${most}
          ) as counted) as count
        from unnest(${[...MAIL_STATES]}::mail_state[]) as s (state)`
  const of = (state: MailState) => counted.find((one) => one.state === state)?.count ?? 0
  return { queued: of("queued"), sent: of("sent"), failed: of("failed") }
}

/** A mail in sight: what it is, whom it is about, and how it went. */
export async function findMailInSight(tx: Transaction, id: string): Promise<{ kind: string; state: MailState; partyId: string } | null> {
  const [row] = await tx.$queryRaw<{ kind: string; state: MailState; partyId: string }[]>`select kind, state::text as state, party_id as "partyId" from mail where id = ${id}::uuid and party_id is not null`
  return row ?? null
}

/** The address where the account of a mail that did not arrive is mailed now, held with the mail; of an approval as it was, for it may be of either side. Null where it is under way already. As the system. */
export async function holdFailed(tx: Transaction, id: string): Promise<{ address: string | null } | null> {
  const [row] = await tx.$queryRaw<{ address: string | null }[]>`
    select case when a.email is not null then a.email when m.kind = 'approval' then m.to_address when w.id is not null then w.contact_email when e.id is not null then e.email else coalesce(o.email, m.to_address) end as address
    from mail m join account a on a.id = m.account_id left join employee w on w.id = m.party_id left join employer e on e.id = m.party_id left join office o on o.id = m.party_id
    where m.id = ${id}::uuid and m.state = 'failed' for update of m`
  return row ?? null
}

/** A mail that did not arrive waits to be sent once more, to this address. As the system. */
export async function requeueMail(tx: Transaction, id: string, toAddress: string): Promise<void> {
  await tx.mail.updateMany({ where: { id, state: "failed" }, data: { state: "queued", toAddress, failure: null, attempts: 0, sentAt: null } })
}
