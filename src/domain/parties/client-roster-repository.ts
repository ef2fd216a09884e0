import type { Reader } from "#platform/database.ts"
import type { ClientRow } from "./party-repository.ts"
import type { RosterCounts } from "./roster-repository.ts"

/** What a page of clients is asked by: folded words, a state (null is all), and an order. */
export type ClientFilter = { words: readonly string[]; state: string | null; order: "naam" | "nr" | "plaats"; isFalling: boolean }

/** Counts an office's clients by state. */
export async function countClients(reader: Reader, officeId: string, { words, state }: ClientFilter): Promise<RosterCounts> {
  const [row] = await reader.$queryRaw<RosterCounts[]>`
    select count(*)::int as total, count(*) filter (where state = 'active')::int as active, count(*) filter (where state = 'invited')::int as invited,
           count(*) filter (where state = 'not-invited')::int as "not-invited", count(*) filter (where state = 'no-email')::int as "no-email", 0 as "left",
           count(*) filter (where (${state}::text is null or state = ${state}) and is_sought)::int as sought
    from (
      select case when e.active_at is not null then 'active' when e.welcomed_at is not null then 'invited'
                  when e.email is null then 'no-email' else 'not-invited' end as state,
             ${words.length === 0} or (select bool_and(strpos(plain_text(concat_ws(' ', e.name, e.number, e.wage_tax_number, e.city)), word) > 0)
                                       from unnest(${[...words]}::text[]) as asked (word)) as is_sought
      from engagement g join employer e on e.id = g.employer_id where g.office_id = ${officeId}::uuid and g.ended_at is null
    ) as clients`
  return row ?? { total: 0, sought: 0, active: 0, invited: 0, "not-invited": 0, "no-email": 0, left: 0 }
}

/** One page of an office's clients, with the number of employees. Names and places as a Dutch reader looks them up, numbers as numbers. */
export async function findClientPage(reader: Reader, officeId: string, filter: ClientFilter, page: { offset: number; limit: number }): Promise<ClientRow[]> {
  const { words, state, order, isFalling } = filter
  const by = `${order}${isFalling ? "-" : ""}`
  return reader.$queryRaw<ClientRow[]>`
    with page as materialized (
      select g.id as engagement_id, e.*,
             row_number() over (order by
               case when ${by} = 'naam-' then e.name end collate dutch desc, case when ${by} = 'nr' then e.number end collate dutch,
               case when ${by} = 'nr-' then e.number end collate dutch desc nulls last, case when ${by} = 'plaats' then e.city end collate dutch,
               case when ${by} = 'plaats-' then e.city end collate dutch desc nulls last, e.name collate dutch, e.id) as place
      from engagement g join employer e on e.id = g.employer_id
      where g.office_id = ${officeId}::uuid and g.ended_at is null
        and (${state}::text is null or ${state} = case when e.active_at is not null then 'active' when e.welcomed_at is not null then 'invited'
             when e.email is null then 'no-email' else 'not-invited' end)
        and (${words.length === 0} or (select bool_and(strpos(plain_text(concat_ws(' ', e.name, e.number, e.wage_tax_number, e.city)), word) > 0)
                                       from unnest(${[...words]}::text[]) as asked (word)))
      order by place limit ${page.limit} offset ${page.offset}
    )
    select p.id, p.number, p.name, p.wage_tax_number as "wageTaxNumber", p.period_kind as "periodKind", p.welcomed_at as "welcomedAt",
           p.active_at as "activeAt", p.street, p.house_number as "houseNumber", p.postcode, p.city, p.email, p.phone,
           p.engagement_id as "engagementId", (select count(*)::int from employee w where w.employer_id = p.id) as employees
    from page p order by p.place`
}
