import type { Reader, Transaction } from "#platform/database.ts"
import { INVITED_WITH_ALL } from "#policy/access-states.ts"

/** A moment, and the day it is in the Netherlands (YYYY-MM-DD): who worked until a day before it is not invited with others. */
export type Moment = { now: Date; today: string }

/** The employees of an employer that are invited with all others, as far as the reader may see them. */
export async function findPeopleToInvite(reader: Reader, employerId: string, { now, today }: Moment): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    select id from employee where employer_id = ${employerId}::uuid and (employed_to is null or employed_to >= ${today}::date)
      and access_state(access, access_until, contact_email is not null, birth_date is not null, ${now}::timestamptz, mail_trouble) = any (${[...INVITED_WITH_ALL]}::text[])
    order by id`
  return rows.map(({ id }) => id)
}

/** The clients of an office that are invited with all others, as far as the reader may see them. */
export async function findClientsToInvite(reader: Reader, officeId: string, { now }: Moment): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    select e.id from engagement g join employer e on e.id = g.employer_id where g.office_id = ${officeId}::uuid and g.ended_at is null
      and access_state(e.access, e.access_until, e.email is not null, e.wage_tax_number <> '', ${now}::timestamptz, e.mail_trouble) = any (${[...INVITED_WITH_ALL]}::text[])
    order by e.id`
  return rows.map(({ id }) => id)
}

/** The employees of an employer whose welcome waited for something to prove, and who can be welcomed now. */
export async function findPeopleDue(reader: Reader, employerId: string, { now, today }: Moment): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    select id from employee where employer_id = ${employerId}::uuid and welcome_due_at is not null and access = 'none'
      and (employed_to is null or employed_to >= ${today}::date)
      and access_state(access, access_until, contact_email is not null, birth_date is not null, ${now}::timestamptz, mail_trouble) = 'not-invited'
    order by id`
  return rows.map(({ id }) => id)
}

/** Somebody who is to be invited now; without an account one is made. */
export type ToInvite = { partyId: string; kind: "employer" | "employee"; email: string; accountId: string | null }

/** Those of these parties that are still to be invited, each with its own account where it has one. */
export async function findStillToInvite(tx: Transaction, partyIds: readonly string[], { now, today }: Moment): Promise<ToInvite[]> {
  return tx.$queryRaw<ToInvite[]>`
    select p.id as "partyId", p.kind, p.email, (
      select r.account_id from account_role r join account c on c.id = r.account_id
      where r.party_id = p.id and r.ended_at is null and c.email is null order by r.id limit 1) as "accountId"
    from (
      select id, 'employee' as kind, contact_email as email, access_state(access, access_until, contact_email is not null, birth_date is not null, ${now}::timestamptz, mail_trouble) as state
      from employee where id = any (${[...partyIds]}::uuid[]) and (employed_to is null or employed_to >= ${today}::date)
      union all
      select id, 'employer', email, access_state(access, access_until, email is not null, wage_tax_number <> '', ${now}::timestamptz, mail_trouble)
      from employer where id = any (${[...partyIds]}::uuid[])
    ) as p
    where p.state = any (${[...INVITED_WITH_ALL]}::text[]) order by p.id`
}
