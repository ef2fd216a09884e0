import type { Reader, Transaction } from "#platform/database.ts"
import type { DeliveryState } from "./delivery-repository.ts"

/** Begins the counts of what a delivery brought, per period, once its files stand. Twice is harmless. */
export async function tallyDelivery(tx: Transaction, deliveryId: string): Promise<void> {
  await tx.$queryRaw`select 1 from tally_delivery(${deliveryId}::uuid)`
}

/** What one delivery holds of one period, or of annual statements: period 0 of the kind "year". `opened` of its `documents` were read by whom they were for; `failed` accounts could not be mailed. */
export type BoardPart = { deliveryId: string; employerId: string; periodKind: string; period: number; state: DeliveryState; documents: number; opened: number; failed: number }

/** What the viewer's sent deliveries hold of a year: one row per delivery and period, from one index, whatever number of people is in it. */
export async function findSentParts(reader: Reader, year: number): Promise<BoardPart[]> {
  return reader.$queryRaw<BoardPart[]>`
    select t.delivery_id as "deliveryId", t.employer_id as "employerId", t.period_kind as "periodKind", t.period, 'sent' as state, t.documents, t.opened, coalesce(m.failed, 0) as failed
    from delivery_tally t left join failed_mails(${year}::int) m on m.delivery_id = t.delivery_id
    where t.audience_id = any ((select viewer_audiences())::uuid[]) and t.year = ${year}::int and t.documents > 0`
}

/** What the viewer's other deliveries hold of a year: those that were not sent yet are few. */
export async function findOpenParts(reader: Reader, year: number): Promise<BoardPart[]> {
  return reader.$queryRaw<BoardPart[]>`
    select d.id as "deliveryId", d.employer_id as "employerId", case when i.period is null then 'year' else coalesce(i.period_kind, 'month') end as "periodKind", coalesce(i.period, 0) as period, d.state::text as state, count(*)::int as documents, 0 as opened, 0 as failed
    from delivery d join delivery_item i on i.delivery_id = d.id
    where d.audience_id = any ((select viewer_audiences())::uuid[]) and d.state <> 'sent' and i.year = ${year}::int and (i.period is not null or i.kind = 'annual-statement')
    group by 1, 2, 3, 4, 5`
}

/** A client on the board. */
export type BoardClient = { id: string; name: string; number: string | null; periodKind: string }

/** The employers that the viewer's office works for now, as far as the viewer is for them, by name. */
export async function findBoardClients(reader: Reader, officeId: string): Promise<BoardClient[]> {
  return reader.$queryRaw<BoardClient[]>`
    select e.id, e.name, e.number, e.period_kind as "periodKind" from engagement g join employer e on e.id = g.employer_id
    where g.office_id = ${officeId}::uuid and g.ended_at is null order by e.name collate dutch, e.id`
}

/** The years that the viewer's sent deliveries are of, newest first: found by stepping down the index of each client. */
export async function findBoardYears(reader: Reader): Promise<number[]> {
  const rows = await reader.$queryRaw<{ year: number }[]>`
    with recursive mine as materialized (select id from unnest((select viewer_audiences())::uuid[]) as a (id)), years (year) as (
      select max(n.year) from mine cross join lateral (select t.year from delivery_tally t where t.audience_id = mine.id order by t.year desc limit 1) n
      union all
      select (select max(n.year) from mine cross join lateral (select t.year from delivery_tally t where t.audience_id = mine.id and t.year < y.year order by t.year desc limit 1) n)
      from years y where y.year is not null
    ) select year from years where year is not null`
  return rows.map((row) => row.year)
}
