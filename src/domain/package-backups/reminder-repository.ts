import type { Transaction } from "#platform/database.ts"

/** The office of an engagement. */
export async function findOfficeOf(tx: Transaction, engagementId: string): Promise<string | null> {
  const found = await tx.engagement.findUnique({ where: { id: engagementId }, select: { officeId: true } })
  return found?.officeId ?? null
}

/** After how many days without a back-up the owners are told; null for never. */
export async function findReminder(tx: Transaction, audienceId: string): Promise<number | null> {
  return (await tx.packageBackupReminder.findUnique({ where: { audienceId }, select: { days: true } }))?.days ?? null
}

/** Sets, changes or ends a reminder; it counts from now. */
export async function putReminder(tx: Transaction, { audienceId, employerId, days }: { audienceId: string; employerId: string; days: number | null }, now: Date): Promise<void> {
  if (days === null) await tx.packageBackupReminder.deleteMany({ where: { audienceId } })
  else await tx.packageBackupReminder.upsert({ where: { audienceId }, create: { audienceId, employerId, days, setAt: now }, update: { days, setAt: now, remindedAt: null }, select: { audienceId: true } })
}

/** An engagement or employer of which no sound back-up came for as long as was said, and nobody was told since the last one. */
export type Missed = { audienceId: string; employerId: string; partyId: string; kind: "office" | "employer"; lastAt: Date }

/** What was missed, of parties after one in their order, with all of a party together; at most `limit` parties. As the system. */
export async function findMissed(tx: Transaction, now: Date, after: string, limit: number): Promise<Missed[]> {
  return tx.$queryRaw<Missed[]>`
    with missed as (
      select r.audience_id, r.employer_id, coalesce(e.office_id, r.employer_id) as party_id, e.id is not null as is_office, last.at
      from package_backup_reminder r
        left join engagement e on e.id = r.audience_id and e.ended_at is null
        cross join lateral (
          select greatest(r.set_at, max(b.landed_at)) as at from package_backup b where b.audience_id = r.audience_id and b.state = 'kept' and b.damaged_at is null
        ) last
      where (e.id is not null or (r.audience_id = r.employer_id and not exists (select from engagement x where x.employer_id = r.employer_id and x.ended_at is null)))
        and last.at < ${now}::timestamptz - make_interval(days => r.days)
        and (r.reminded_at is null or r.reminded_at < last.at)
    ), parties as (select distinct party_id from missed where party_id > ${after}::uuid order by party_id limit ${limit}::int)
    select audience_id as "audienceId", employer_id as "employerId", party_id as "partyId", case when is_office then 'office' else 'employer' end as kind, at as "lastAt"
    from missed where party_id in (select party_id from parties) order by party_id, audience_id`
}

/** Notes that the owners are told of what was missed since a moment. False when that was noted before. */
export async function markReminded(tx: Transaction, { audienceId, lastAt }: Missed, now: Date): Promise<boolean> {
  const { count } = await tx.packageBackupReminder.updateMany({ where: { audienceId, OR: [{ remindedAt: null }, { remindedAt: { lt: lastAt } }] }, data: { remindedAt: now } })
  return count > 0
}
