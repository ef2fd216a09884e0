import type { Reader } from "#platform/database.ts"
import type { FileRow } from "./file-repository.ts"

/** Where a page of unread files begins: right after the file that came at this moment by this grant. */
export type UnreadPlace = { at: Date; grantId: string }

/**
 * `partyId` is the role it came to: an employee, an employer (also when it came to its overviews), or the office whose engagement it came to. `ownerId` is the party whose dossier
 * it is in; null when that dossier itself is out of sight. `place` is where a page after it begins.
 */
export type UnreadRow = FileRow & { partyId: string; ownerId: string | null; place: UnreadPlace }

/** Before everything: later than any moment that a file can come at. */
const first: UnreadPlace = { at: new Date("9999-12-31T00:00:00Z"), grantId: "ffffffff-ffff-ffff-ffff-ffffffffffff" }

/** With how many of its newest each audience takes part in finding how far back a page goes. */
const samples = 5

/**
 * The newest unread files of everybody that was entered, at most `limit`, from a place on. Each audience is read down its own index from the newest
 * on. A few of each tell how far back this page can go, so that of three hundred clients not three hundred pages are read.
 */
export async function findUnread(reader: Reader, after: UnreadPlace | null, limit: number): Promise<UnreadRow[]> {
  const { at, grantId } = after ?? first
  const rows = await reader.$queryRaw<(Omit<UnreadRow, "place"> & { grantId: string; startsAt: Date })[]>`
    with mine as materialized (select id from unnest((select viewer_audiences())::uuid[]) as a (id)), newest as materialized (
      select u.starts_at from mine cross join lateral unread_grants(mine.id, ${at}, ${grantId}::uuid, '-infinity', ${samples}) u
    ), far as materialized (
      select coalesce((select starts_at from newest order by starts_at desc offset ${limit - 1} limit 1), '-infinity') as at
    ), page as materialized (
      select mine.id as audience_id, u.* from far, mine cross join lateral unread_grants(mine.id, ${at}, ${grantId}::uuid, far.at, ${limit}) u
      order by u.starts_at desc, u.id desc limit ${limit}
    )
    select f.id, f.dossier_id as "dossierId", f.origin::text as origin, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name,
           f.media_type as "mediaType", f.size, f.created_at as "createdAt", f.sender_id as "senderId", f.sender_name as "senderName",
           false as read, f.replaced_at as "replacedAt", coalesce(d.owner_id, o.employer_id) as "ownerId", coalesce(e.office_id, o.employer_id, p.audience_id) as "partyId", p.id as "grantId", p.starts_at as "startsAt"
    from page p join dossier_file f on f.id = p.file_id left join dossier d on d.id = f.dossier_id left join engagement e on e.id = p.audience_id
      left join lateral (select f.employer_id from audience a where a.id = p.audience_id and a.kind = 'overviews') o on true
    order by p.starts_at desc, p.id desc`
  return rows.map(({ grantId: id, startsAt, ...row }) => ({ ...row, place: { at: startsAt, grantId: id } }))
}

/** How many unread files there are for everybody that was entered, counted no further than `limit`. */
export async function countUnread(reader: Reader, limit: number): Promise<number> {
  const [row] = await reader.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select from unnest((select viewer_audiences())::uuid[]) as a (id)
        cross join lateral unread_grants(a.id, ${first.at}, ${first.grantId}::uuid, '-infinity', ${limit}) limit ${limit}) as unread`
  return row?.count ?? 0
}
