import type { Reader, Transaction } from "#platform/database.ts"
import type { EventRow } from "./record-event.ts"

/** Writes events; the database puts each at the end of its chain. For the app role it takes the doer from the transaction itself. */
export async function appendEvents(tx: Transaction, events: readonly EventRow[]): Promise<void> {
  const rows = JSON.stringify(events.map((event) => ({ ...event, details: event.details ?? {} })))
  await tx.$queryRaw`
    select record_event(e."chainId", e.kind, e."accountId", e."partyId", e."subjectId", e.details)
    from jsonb_to_recordset(${rows}::jsonb)
      as e("chainId" uuid, kind text, "accountId" uuid, "partyId" uuid, "subjectId" uuid, details jsonb)
    order by e."chainId"`
}

/** One chain: how many events its head counts, and the number of the first that does not fit, or null. */
export type CheckedChain = { id: string; events: number; brokenAt: number | null }

/**
 * Walks the next chains after this id, at most `most`, each from its first event to its head. A chain that lost its head counts too. The ids are
 * found by stepping along two indexes, so that a batch costs what is in it.
 */
export async function checkNextChains(reader: Reader, after: string, most: number): Promise<CheckedChain[]> {
  return reader.$queryRaw<CheckedChain[]>`
    with recursive headed as materialized (
      select id from audit_chain where id > ${after}::uuid order by id limit ${most}
    ), stepped (id) as (
      (select chain_id from audit_event where chain_id > ${after}::uuid order by chain_id limit 1)
      union all
      select (select e.chain_id from audit_event e where e.chain_id > stepped.id order by e.chain_id limit 1) from stepped where stepped.id is not null
    ), known as (
      select id from headed union (select id from stepped where id is not null limit ${most}) order by id limit ${most}
    )
    select k.id, coalesce(c.seq, 0) as events, first_break(k.id) as "brokenAt" from known k left join audit_chain c on c.id = k.id order by k.id`
}
