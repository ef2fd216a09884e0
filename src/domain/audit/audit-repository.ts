import type { Transaction } from "#platform/database.ts"
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

/** The number of the first event that breaks a chain, or null when it is whole. */
export async function findFirstBreak(tx: Transaction, chainId: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ broken: number | null }[]>`select first_break(${chainId}::uuid) as broken`
  return row?.broken ?? null
}

/** The ids of all chains, also of one whose head is gone. */
export async function findChainIds(tx: Transaction): Promise<string[]> {
  const chains = await tx.$queryRaw<{ id: string }[]>`select id from audit_chain union select chain_id from audit_event`
  return chains.map((chain) => chain.id)
}
