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
