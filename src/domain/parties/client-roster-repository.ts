import type { Reader } from "#platform/database.ts"
import type { AccessState } from "#policy/access-states.ts"
import type { ClientRow } from "./party-repository.ts"
import { addUp, type RosterCounts, type StateCount } from "./roster-repository.ts"

/** What a page of clients is asked by: folded words, a state (null is all), an order, and the moment. */
export type ClientFilter = { words: readonly string[]; state: string | null; order: "naam" | "nr" | "plaats"; isFalling: boolean; now: Date }

/** Counts an office's clients by state. */
export async function countClients(reader: Reader, officeId: string, { words, state, now }: ClientFilter): Promise<RosterCounts> {
  const counted = await reader.$queryRaw<StateCount[]>`
    select state, count(*)::int as count, count(*) filter (where (${state}::text is null or state = ${state}) and is_sought)::int as sought
    from (
      select access_state(e.access, e.access_until, e.email is not null, e.wage_tax_number <> '', ${now}::timestamptz, e.mail_trouble) as state,
             ${words.length === 0} or (select bool_and(strpos(plain_text(concat_ws(' ', e.name, e.number, e.wage_tax_number, e.city)), word) > 0)
                                       from unnest(${[...words]}::text[]) as asked (word)) as is_sought
      from engagement g join employer e on e.id = g.employer_id where g.office_id = ${officeId}::uuid and g.ended_at is null
    ) as clients group by state`
  return addUp(counted)
}

/** A client in the list, with where it stands. */
export type ClientRosterRow = ClientRow & { state: AccessState }

/** One page of an office's clients, with the number of employees. Names and places as a Dutch reader looks them up, numbers as numbers. */
export async function findClientPage(reader: Reader, officeId: string, filter: ClientFilter, page: { offset: number; limit: number }): Promise<ClientRosterRow[]> {
  const { words, state, order, isFalling, now } = filter
  const by = `${order}${isFalling ? "-" : ""}`
  return reader.$queryRaw<ClientRosterRow[]>`
    with clients as (
      select g.id as engagement_id, e.*, access_state(e.access, e.access_until, e.email is not null, e.wage_tax_number <> '', ${now}::timestamptz, e.mail_trouble) as state
      from engagement g join employer e on e.id = g.employer_id where g.office_id = ${officeId}::uuid and g.ended_at is null
    ), page as materialized (
      select e.*,
             row_number() over (order by
               case when ${by} = 'naam-' then e.name end collate dutch desc, case when ${by} = 'nr' then e.number end collate dutch,
               case when ${by} = 'nr-' then e.number end collate dutch desc nulls last, case when ${by} = 'plaats' then e.city end collate dutch,
               case when ${by} = 'plaats-' then e.city end collate dutch desc nulls last, e.name collate dutch, e.id) as place
      from clients e
      where (${state}::text is null or e.state = ${state})
        and (${words.length === 0} or (select bool_and(strpos(plain_text(concat_ws(' ', e.name, e.number, e.wage_tax_number, e.city)), word) > 0)
                                       from unnest(${[...words]}::text[]) as asked (word)))
      order by place limit ${page.limit} offset ${page.offset}
    )
    select p.id, p.number, p.name, p.wage_tax_number as "wageTaxNumber", p.period_kind as "periodKind", p.welcomed_at as "welcomedAt",
           p.active_at as "activeAt", p.street, p.house_number as "houseNumber", p.postcode, p.city, p.email, p.phone, p.state,
           p.engagement_id as "engagementId", (select count(*)::int from employee w where w.employer_id = p.id) as employees
    from page p order by p.place`
}
