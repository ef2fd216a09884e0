import type { Reader } from "#platform/database.ts"

/** A file as what stands beside another one: enough to name it and to put it in order. */
export type NeighbourRow = { id: string; kind: string; year: number | null; period: number | null; periodKind: string | null; name: string | null; createdAt: Date }

/** The files in sight that stand in the same section of the dossier as this one, itself included, in the dossier's own order; what was replaced is the owner's alone. */
export async function findSection(reader: Reader, fileId: string): Promise<NeighbourRow[]> {
  return reader.$queryRaw<NeighbourRow[]>`
    with one as materialized (select dossier_id, year from dossier_file where id = ${fileId}::uuid)
    select f.id, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name, f.created_at as "createdAt"
    from one cross join lateral (
      select * from dossier_file where dossier_id = one.dossier_id and year = one.year
        and (replaced_at is null or id = ${fileId}::uuid or one.dossier_id = (select id from dossier where owner_id = (select viewer_party())))
      union all
      select * from dossier_file where dossier_id = one.dossier_id and year is null and one.year is null
    ) f
    order by f.period desc nulls first, f.created_at desc, f.kind, f.id`
}

/** The nearest unread files before and after this one among what the viewer received, newest first, with this one between them. */
export async function findUnreadAround(reader: Reader, accountId: string, fileId: string): Promise<NeighbourRow[]> {
  return reader.$queryRaw<NeighbourRow[]>`
    with one as materialized (
      select g.file_id, g.starts_at from file_grant g
      where g.file_id = ${fileId}::uuid and g.audience_id = any ((select viewer_audiences())::uuid[]) and g.reason <> 'delivered' and g.ended_at is null and g.replaced_at is null
      order by g.starts_at desc limit 1
    ), around as (
      (select g.file_id, 1 as place from one join file_grant g
        on g.audience_id = any ((select viewer_audiences())::uuid[]) and g.reason <> 'delivered' and g.ended_at is null and g.replaced_at is null
          and (g.starts_at > one.starts_at or g.starts_at = one.starts_at and g.file_id > one.file_id)
        where not exists (select from file_read r where r.file_id = g.file_id and r.account_id = ${accountId}::uuid)
        order by g.starts_at, g.file_id limit 1)
      union all
      select file_id, 2 from one
      union all
      (select g.file_id, 3 from one join file_grant g
        on g.audience_id = any ((select viewer_audiences())::uuid[]) and g.reason <> 'delivered' and g.ended_at is null and g.replaced_at is null
          and (g.starts_at < one.starts_at or g.starts_at = one.starts_at and g.file_id < one.file_id)
        where not exists (select from file_read r where r.file_id = g.file_id and r.account_id = ${accountId}::uuid)
        order by g.starts_at desc, g.file_id desc limit 1)
    )
    select f.id, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name, f.created_at as "createdAt"
    from around a join dossier_file f on f.id = a.file_id order by a.place`
}
