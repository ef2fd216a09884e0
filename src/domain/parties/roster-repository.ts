import type { Reader } from "#platform/database.ts"
import { ROSTER_STATES, type RosterState } from "#policy/roster-states.ts"
import type { EmployeeData } from "./employee-repository.ts"
import type { EmployerData } from "./party-repository.ts"

/** What a page of employees is asked by: folded words, a state (null is all), an order, the moment, and today (YYYY-MM-DD): who worked until a day before it has left. */
export type RosterFilter = { words: readonly string[]; state: string | null; order: RosterOrder; isFalling: boolean; now: Date; today: string }

export type RosterOrder = "naam" | "nr" | "geboren"

/** How many there are in each state, and in all (`total`); `sought` is how many the filter lets through. */
export type RosterCounts = Record<RosterState, number> & { total: number; sought: number }

/** What the database counted of one state. */
export type StateCount = { state: RosterState; count: number; sought: number }

/** An employer in sight, read with the list of its people. */
export async function findRosterEmployer(reader: Reader, id: string): Promise<EmployerData | null> {
  const [row] = await reader.$queryRaw<EmployerData[]>`
    select id, number, name, wage_tax_number as "wageTaxNumber", period_kind as "periodKind", welcomed_at as "welcomedAt", active_at as "activeAt",
           street, house_number as "houseNumber", postcode, city, email, phone
    from employer where id = ${id}::uuid`
  return row ?? null
}

/** Counts an employer's people by state; who has left counts as that alone. */
export async function countRoster(reader: Reader, employerId: string, { words, state, now, today }: RosterFilter): Promise<RosterCounts> {
  const counted = await reader.$queryRaw<StateCount[]>`
    select state, count(*)::int as count, count(*) filter (where (${state}::text is null or state = ${state}) and is_sought)::int as sought
    from (
      select case when employed_to < ${today}::date then 'left'
                  else access_state(access, access_until, contact_email is not null, birth_date is not null, ${now}::timestamptz, mail_trouble) end as state,
             ${words.length === 0} or (select bool_and(strpos(concat_ws(' ', sort_key, plain_text(concat_ws(' ', surname, number, contact_email))), word) > 0)
                                       from unnest(${[...words]}::text[]) as asked (word)) as is_sought
      from employee where employer_id = ${employerId}::uuid
    ) as people group by state`
  return addUp(counted)
}

/** Counts of states as one: every state has a number. */
export function addUp(counted: readonly StateCount[]): RosterCounts {
  const sum = (of: "count" | "sought") => counted.reduce((total, one) => total + one[of], 0)
  const none = { active: 0, delivered: 0, invited: 0, "not-invited": 0, "no-email": 0, "no-proof": 0, bounced: 0, expired: 0, "tries-used": 0, withdrawn: 0, blocked: 0, "taken-away": 0, left: 0 }
  const found = Object.fromEntries(ROSTER_STATES.map((state) => [state, counted.find((one) => one.state === state)?.count ?? 0]))
  return { ...none, ...found, total: sum("count"), sought: sum("sought") }
}

/** Somebody in the list, with where that person stands. */
export type RosterRow = EmployeeData & { state: RosterState }

/** One page of an employer's people. By name is on the core surname, as the sort key has it; numbers go as numbers. */
export async function findRoster(reader: Reader, employerId: string, filter: RosterFilter, page: { offset: number; limit: number }): Promise<RosterRow[]> {
  const { words, state, order, isFalling, now, today } = filter
  const by = `${order}${isFalling ? "-" : ""}`
  return reader.$queryRaw<RosterRow[]>`
    select id, employer_id as "employerId", number, initials, prefix, surname, birth_date as "birthDate", bsn_index is not null as "hasBsn",
           street, house_number as "houseNumber", postcode, city, country, contact_email as "contactEmail", private_email as "privateEmail", phone,
           employed_from as "employedFrom", employed_to as "employedTo", welcomed_at as "welcomedAt", active_at as "activeAt", access, mail_trouble as "mailTrouble", state
    from (
      select employee.*, case when employed_to < ${today}::date then 'left'
             else access_state(access, access_until, contact_email is not null, birth_date is not null, ${now}::timestamptz, mail_trouble) end as state
      from employee where employer_id = ${employerId}::uuid
    ) as people
    where (${state}::text is null or state = ${state})
      and (${words.length === 0} or (select bool_and(strpos(concat_ws(' ', sort_key, plain_text(concat_ws(' ', surname, number, contact_email))), word) > 0)
                                     from unnest(${[...words]}::text[]) as asked (word)))
    order by case when ${by} = 'naam-' then sort_key end desc, case when ${by} = 'nr' then number end collate dutch,
             case when ${by} = 'nr-' then number end collate dutch desc, case when ${by} = 'geboren' then birth_date end,
             case when ${by} = 'geboren-' then birth_date end desc nulls last, sort_key, number collate dutch, id
    limit ${page.limit} offset ${page.offset}`
}
