import type { Transaction } from "#platform/database.ts"
import type { EventKind } from "#policy/events.ts"
import { appendEvents } from "./audit-repository.ts"

/** One thing that happened. `details` holds codes and counts, never a name, a number or an address. */
export type EventRow = {
  chainId: string
  kind: EventKind
  accountId?: string | null
  partyId?: string | null
  subjectId?: string | null
  details?: Readonly<Record<string, string | number | boolean>>
}

/** Records what happened at the end of its chain, in the transaction of what happened. In a viewer's transaction the doer is the viewer. */
export async function recordEvents(tx: Transaction, events: readonly EventRow[]): Promise<void> {
  if (events.length > 0) await appendEvents(tx, events)
}
