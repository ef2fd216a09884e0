import type { Reader } from "#platform/database.ts"

/** One word of a search with what it may mean. `token` is what texts are asked for: null for a word that texts leave out, such as "de". */
export type AskedWord = { word: string; kinds: string[]; periods: number[]; years: number[]; token: string | null }

/** `limit` matches from `offset`, of the first `mostFound` among the newest `mostLooked` files. */
export type SearchBounds = { offset: number; limit: number; mostFound: number; mostLooked: number }

/** A file that was found. `ownerName`, `ownerInitials` and `ownerPrefix` are of whose dossier it is in; null when that is out of sight. */
export type FoundRow = {
  id: string
  dossierId: string
  origin: "payroll" | "own"
  kind: string
  year: number | null
  period: number | null
  periodKind: string | null
  name: string | null
  createdAt: Date
  senderName: string
  read: boolean
  ownerId: string | null
  ownerName: string | null
  ownerInitials: string | null
  ownerPrefix: string | null
  sealed: Uint8Array | null
  wrappedIdentity: Uint8Array | null
  found: number
  looked: number
}

/**
 * The files in sight in which every word is found: as kind, period, year, name, owner or sender, or in the text. Newest first. It goes by the viewer's
 * grants, newest first, and looks each file up by its id, so that it costs by what is in sight and not by what there is; and stops at the bounds.
 */
export async function findSoughtFiles(reader: Reader, accountId: string, words: readonly AskedWord[], bounds: SearchBounds): Promise<FoundRow[]> {
  return reader.$queryRaw<FoundRow[]>`
    with asked as materialized (
      select word, coalesce(kinds, '{}') as kinds, coalesce(periods, '{}') as periods, coalesce(years, '{}') as years, token::tsquery as token
      from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as a (word text, kinds text[], periods int[], years int[], token text)
    ), people as materialized (
      select d.id as dossier_id, p.plain from (
        select w.id, w.sort_key || ' ' || plain_text(w.surname) as plain from employee w
          where w.id = any ((select viewer_audiences())::uuid[]) or w.employer_id = any ((select viewer_employers())::uuid[])
        union all
        select e.id, plain_text(e.name) from employer e where e.id = any ((select viewer_employers())::uuid[])
      ) p join dossier d on d.owner_id = p.id
      where exists (select from asked a where strpos(p.plain, a.word) > 0)
      limit 500
    ), newest as materialized (
      select g.file_id, max(g.starts_at) as at from file_grant g
      where g.audience_id = any ((select viewer_audiences())::uuid[]) and g.ended_at is null
      group by g.file_id order by 2 desc, 1 desc limit ${bounds.mostLooked}
    ), found as materialized (
      select n.at, n.file_id, f.dossier_id from newest n
        cross join lateral (select * from dossier_file where id = n.file_id limit 1) f
        left join lateral (select words from file_text where file_id = n.file_id limit 1) t on true
        left join lateral (select plain from people where dossier_id = f.dossier_id limit 1) p on true
      where (f.replaced_at is null or f.dossier_id = (select id from dossier where owner_id = (select viewer_party()))) and (select bool_and(coalesce(
            a.token is null and a.kinds = '{}' and a.periods = '{}' and a.years = '{}' and (select count(*) > count(token) and count(token) > 0 from asked)
            or f.kind = any (a.kinds) or f.period = any (a.periods) or f.year = any (a.years)
            or strpos(plain_text(concat_ws(' ', f.name, f.sender_name)), a.word) > 0 or strpos(p.plain, a.word) > 0 or t.words @@ a.token, false))
          from asked a)
      limit ${bounds.mostFound}
    ), page as materialized (
      select *, count(*) over () as found from found order by at desc, file_id desc offset ${bounds.offset} limit ${bounds.limit}
    )
    select f.id, f.dossier_id as "dossierId", f.origin::text as origin, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name,
           f.created_at as "createdAt", f.sender_name as "senderName", r.file_id is not null as read, d.owner_id as "ownerId",
           coalesce(w.surname, e.name, o.name) as "ownerName", w.initials as "ownerInitials", w.prefix as "ownerPrefix",
           t.sealed, k.wrapped_identity as "wrappedIdentity", page.found::int as found, (select count(*)::int from newest) as looked
    from page
      cross join lateral (select * from dossier_file where id = page.file_id limit 1) f
      left join lateral (select sealed from file_text where file_id = page.file_id limit 1) t on true
      left join lateral (select wrapped_identity from dossier_key where dossier_id = page.dossier_id limit 1) k on true
      left join lateral (select owner_id from dossier where id = page.dossier_id limit 1) d on true
      left join lateral (select initials, prefix, surname from employee where id = d.owner_id limit 1) w on true
      left join lateral (select name from employer where id = d.owner_id limit 1) e on true
      left join lateral (select name from office where id = d.owner_id limit 1) o on true
      left join lateral (select file_id from file_read where file_id = page.file_id and account_id = ${accountId}::uuid limit 1) r on true
    order by page.at desc, page.file_id desc`
}

/** Lets the statements that follow in this transaction take no longer than this. */
export async function limitTime(reader: Reader, milliseconds: number): Promise<void> {
  await reader.$queryRaw`select set_config('statement_timeout', ${String(milliseconds)}, true)`
}
