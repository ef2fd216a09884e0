import type { Reader } from "#platform/database.ts"

/** What became of the documents of a sent delivery, as far as the viewer sees their files. `current`: as it was sent; `together`: withdrawn with the whole delivery; `apart`: by itself. */
export type RecallCounts = { current: number; together: number; apart: number; replaced: number; reason: string | null; note: string | null }

/** What became of the documents of a delivery, with why it was withdrawn as a whole. */
export async function countRecalled(reader: Reader, deliveryId: string): Promise<RecallCounts> {
  const [row] = await reader.$queryRaw<RecallCounts[]>`
    select count(*) filter (where w.file_id is null and f.replaced_at is null)::int as current,
           count(*) filter (where w.delivery_id is not null)::int as together,
           count(*) filter (where w.file_id is not null and w.delivery_id is null)::int as apart,
           count(*) filter (where w.file_id is null and f.replaced_at is not null)::int as replaced,
           max(w.reason) filter (where w.delivery_id is not null) as reason, max(w.note) filter (where w.delivery_id is not null) as note
    from delivery_item i join dossier_file f on f.id = i.file_id left join withdrawal w on w.file_id = f.id
    where i.delivery_id = ${deliveryId}::uuid`
  return row ?? { current: 0, together: 0, apart: 0, replaced: 0, reason: null, note: null }
}

/** A party that opened some of a delivery, and how many of its documents. `name` as in opening-repository.ts. `allOpened` counts the documents that anybody opened. */
export type OpenerRow = { party: "employer" | "employee" | "overviews"; name: string | null; initials: string | null; prefix: string | null; files: number; allOpened: number }

/** Who opened what of a delivery: of what is there as it was sent, and of what was withdrawn with the whole of it, when that was done. For its sender alone. */
export async function findOpeners(reader: Reader, deliveryId: string): Promise<OpenerRow[]> {
  return reader.$queryRaw<OpenerRow[]>`
    with opened as materialized (
      select file_id, audience_id from openings_of_delivery(${deliveryId}::uuid)
      union all
      select r.file_id, r.audience_id from withdrawal w join withdrawal_receiver r on r.file_id = w.file_id
      where w.delivery_id = ${deliveryId}::uuid and r.openings > 0 and w.by_audience_id = any ((select viewer_audiences())::uuid[])
    )
    select case when o.id is not null then 'overviews' when w.id is not null then 'employee' else 'employer' end as party,
           coalesce(w.surname, e.name, o.name) as name, w.initials, w.prefix, count(*)::int as files,
           (select count(distinct file_id)::int from opened) as "allOpened"
    from opened p
      left join employee w on w.id = p.audience_id left join employer e on e.id = p.audience_id left join employer o on o.overviews_id = p.audience_id
    group by p.audience_id, o.id, w.id, e.id order by 1 desc, 2, p.audience_id`
}

/** Of whom a document of this delivery went by mail too, and when. */
export type MailedRow = { itemId: string; name: string | null; initials: string | null; prefix: string | null; at: Date }

/** The documents of a delivery that went by mail as well. */
export async function findMailedOf(reader: Reader, deliveryId: string): Promise<MailedRow[]> {
  return reader.$queryRaw<MailedRow[]>`
    select i.id as "itemId", w.surname as name, w.initials, w.prefix, f.mailed_at as at
    from delivery_item i join dossier_file f on f.id = i.file_id and f.mailed_at is not null left join employee w on w.id = i.employee_id
    where i.delivery_id = ${deliveryId}::uuid order by w.surname, i.id`
}
