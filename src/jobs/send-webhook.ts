import { closeMessage, openMessage } from "#domain/webhooks/open-message.ts"
import { postMessage } from "#integrations/webhooks/post-message.ts"
import { now } from "#platform/clock.ts"
import type { JobPayloads } from "#platform/job-queues.ts"

/** Posts one message to its webhook and writes down how that went; a next try is a job of its own. Twice posts the same id, which its receiver can tell. */
export async function sendWebhook({ messageId }: JobPayloads["send-webhook"]): Promise<void> {
  const message = await openMessage(messageId)
  if (message) await closeMessage(message, await postMessage(message, now()), now())
}
