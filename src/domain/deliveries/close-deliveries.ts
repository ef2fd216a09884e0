import type { Transaction } from "#platform/database.ts"
import { recordEvents } from "../audit/record-event.ts"
import { deleteUnsent } from "./close-repository.ts"

/**
 * Closes whatever an office, or the employer itself, had not sent yet when the employer goes to another office: nobody may see it any more, so it
 * is not kept; its bytes are swept. What is being sent at this moment goes first. As the system only.
 */
export async function closeDeliveries(tx: Transaction, closing: { employerId: string; audienceId: string; accountId: string; partyId: string }): Promise<void> {
  const { employerId, audienceId, accountId, partyId } = closing
  const closed = await deleteUnsent(tx, audienceId)
  await recordEvents(tx, closed.map((id) => ({ chainId: id, kind: "delivery.closed", accountId, partyId, subjectId: employerId })))
}
