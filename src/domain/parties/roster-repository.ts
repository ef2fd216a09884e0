import type { Reader } from "#platform/database.ts"
import type { EmployeeData } from "./employee-repository.ts"
import type { EmployerData } from "./party-repository.ts"

/** What a page of employees is asked by: folded words, a state (null is all), an order, and today (YYYY-MM-DD): who worked until a day before it has left. */
export type RosterFilter = { words: readonly string[]; state: string | null; order: RosterOrder; isFalling: boolean; today: string }

export type RosterOrder = "naam" | "nr" | "geboren"

/** How many employees there are in each state, and in all (`total`); `sought` is how many the filter lets through. */
export type RosterCounts = Record<"active" | "invited" | "not-invited" | "no-email" | "left", number> & { total: number; sought: number }

/** An employer in sight, read with the list of its people. */
export async function findRosterEmployer(reader: Reader, id: string): Promise<EmployerData | null> {
  const [row] = await reader.$queryRaw<EmployerData[]>`
    select id, number, name, wage_tax_number as "wageTaxNumber", period_kind as "periodKind", welcomed_at as "welcomedAt", active_at as "activeAt",
           street, house_number as "houseNumber", postcode, city, email, phone
    from employer where id = ${id}::uuid`
  return row ?? null
}

/** Counts an employer's people by state; who has left counts as that alone. */
export async function countRoster(reader: Reader, employerId: string, { words, state, today }: RosterFilter): Promise<RosterCounts> {
  const [row] = await reader.$queryRaw<RosterCounts[]>`
    select count(*)::int as total, count(*) filter (where state = 'active')::int as active, count(*) filter (where state = 'invited')::int as invited,
           count(*) filter (where state = 'not-invited')::int as "not-invited", count(*) filter (where state = 'no-email')::int as "no-email",
           count(*) filter (where state = 'left')::int as "left",
           count(*) filter (where (${state}::text is null or state = ${state}) and is_sought)::int as sought
    from (
      select case when employed_to < ${today}::date then 'left' when active_at is not null then 'active' when welcomed_at is not null then 'invited'
                  when contact_email is null then 'no-email' else 'not-invited' end as state,
             ${words.length === 0} or (select bool_and(strpos(concat_ws(' ', sort_key, plain_text(concat_ws(' ', surname, number, contact_email))), word) > 0)
                                       from unnest(${[...words]}::text[]) as asked (word)) as is_sought
      from employee where employer_id = ${employerId}::uuid
    ) as people`
  return row ?? { total: 0, sought: 0, active: 0, invited: 0, "not-invited": 0, "no-email": 0, left: 0 }
}

/** One page of an employer's people. By name is on the core surname, as the sort key has it; numbers go as numbers. */
export async function findRoster(reader: Reader, employerId: string, filter: RosterFilter, page: { offset: number; limit: number }): Promise<EmployeeData[]> {
  const { words, state, order, isFalling, today } = filter
  const by = `${order}${isFalling ? "-" : ""}`
  return reader.$queryRaw<EmployeeData[]>`
    select id, employer_id as "employerId", number, initials, prefix, surname, birth_date as "birthDate", bsn_index is not null as "hasBsn",
           street, house_number as "houseNumber", postcode, city, country, contact_email as "contactEmail", private_email as "privateEmail", phone,
           employed_from as "employedFrom", employed_to as "employedTo", welcomed_at as "welcomedAt", active_at as "activeAt"
    from employee
    where employer_id = ${employerId}::uuid
      and (${state}::text is null or ${state} = case when employed_to < ${today}::date then 'left' when active_at is not null then 'active'
           when welcomed_at is not null then 'invited' when contact_email is null then 'no-email' else 'not-invited' end)
      and (${words.length === 0} or (select bool_and(strpos(concat_ws(' ', sort_key, plain_text(concat_ws(' ', surname, number, contact_email))), word) > 0)
                                     from unnest(${[...words]}::text[]) as asked (word)))
    order by case when ${by} = 'naam-' then sort_key end desc, case when ${by} = 'nr' then number end collate dutch,
             case when ${by} = 'nr-' then number end collate dutch desc, case when ${by} = 'geboren' then birth_date end,
             case when ${by} = 'geboren-' then birth_date end desc nulls last, sort_key, number collate dutch, id
    limit ${page.limit} offset ${page.offset}`
}
