import type { Transaction } from "#platform/database.ts"

/** One round: what was placed after `from` and until `until` and is still unread. */
export type Round = { from: Date; until: Date }

/** Up to where the round of so many days has come; `first` when there was none before. Nobody else changes it until the transaction ends. */
export async function holdRound(tx: Transaction, days: number, first: Date): Promise<Date> {
  await tx.reminderRound.createMany({ data: [{ days, doneUntil: first }], skipDuplicates: true })
  const [row] = await tx.$queryRaw<{ doneUntil: Date }[]>`select done_until as "doneUntil" from reminder_round where days = ${days}::int for update`
  return row?.doneUntil ?? first
}

/** Notes that a round came so far. */
export async function moveRound(tx: Transaction, days: number, until: Date): Promise<void> {
  await tx.reminderRound.updateMany({ where: { days }, data: { doneUntil: until } })
}

/**
 * Notes who has to be reminded: once per account, of payroll files that somebody else placed with its party in these rounds and that it has not read. Only who
 * got in before, wants mail, is not blocked, and has an address. It reads the grants placed in those days by their index, and nothing older.
 */
export async function insertDue(tx: Transaction, rounds: readonly Round[], now: Date): Promise<void> {
  for (const { from, until } of rounds) {
    await tx.$executeRaw`
      insert into reminder_due (account_id, to_address, party_id)
      select distinct on (a.id) a.id, coalesce(a.email, w.contact_email, e.email), r.party_id
      from file_grant g
        join dossier_file f on f.id = g.file_id and f.origin = 'payroll' and f.sender_id <> g.audience_id
        left join employer o on o.overviews_id = g.audience_id
        join account_role r on r.party_id = coalesce(o.id, g.audience_id) and r.ended_at is null and r.blocked_at is null and (r.rank = 'overviews') = (o.id is not null)
        join account a on a.id = r.account_id and a.blocked_at is null and a.mails_on_new_files and a.password_hash is not null
        left join employee w on w.id = r.party_id
        left join employer e on e.id = r.party_id
      where g.reason = 'placed' and g.ended_at is null and g.replaced_at is null and g.asleep_at is null and (g.ends_at is null or g.ends_at > ${now}::timestamptz)
        and g.starts_at > ${from}::timestamptz and g.starts_at <= ${until}::timestamptz
        and coalesce(a.email, w.contact_email, e.email) is not null
        and not exists (select from file_read x where x.account_id = a.id and x.file_id = g.file_id)
      order by a.id, g.starts_at desc
      on conflict do nothing`
  }
}

/** Takes some of those who have to be reminded off the list; who takes others at the same moment gets others. */
export async function takeDue(tx: Transaction, most: number): Promise<{ accountId: string; toAddress: string; partyId: string | null }[]> {
  return tx.$queryRaw<{ accountId: string; toAddress: string; partyId: string | null }[]>`
    delete from reminder_due where account_id in (select account_id from reminder_due order by account_id limit ${most}::int for update skip locked)
    returning account_id as "accountId", to_address as "toAddress", party_id as "partyId"`
}
