import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { mostWebhooks, type WebhookKind } from "#policy/webhook-kinds.ts"
import { insertMessages } from "./webhook-repository.ts"

/** Ids and counts, never a name or a number of somebody. */
type Details = Readonly<Record<string, string | number>>

/** Tells the webhooks of these parties that something happened, or each of several things of one kind, in the transaction of what happened: it goes out when that commits. */
export async function tellWebhooks(tx: Transaction, told: { partyIds: readonly string[]; kind: WebhookKind; details: Details | readonly Details[]; at: Date }): Promise<void> {
  const { partyIds } = told
  const messages = [told.details].flat().map((details) => ({ ids: Array.from({ length: partyIds.length * mostWebhooks }, () => newId()), details }))
  const used = await insertMessages(tx, messages, told)
  await enqueue(tx, "send-webhook", used.map((messageId) => ({ messageId })))
}
