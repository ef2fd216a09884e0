import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { mostWebhooks, type WebhookKind } from "#policy/webhook-kinds.ts"
import { insertMessages } from "./webhook-repository.ts"

/** Tells the webhooks of these parties that something happened, in the transaction of what happened: it goes out when that commits. `details` are ids and counts, never a name or a number of somebody. */
export async function tellWebhooks(tx: Transaction, told: { partyIds: readonly string[]; kind: WebhookKind; details: Readonly<Record<string, string | number>>; at: Date }): Promise<void> {
  const ids = Array.from({ length: told.partyIds.length * mostWebhooks }, () => newId())
  const used = await insertMessages(tx, ids, told)
  await enqueue(tx, "send-webhook", used.map((messageId) => ({ messageId })))
}
