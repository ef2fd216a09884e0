import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { findMessages, findWebhooks } from "./webhook-repository.ts"
import type { MessageView, WebhookView } from "./webhook-views.ts"

/** The webhooks of the viewer's office or business. Forbidden for who is not its owner. */
export async function listWebhooks(viewer: Viewer): Promise<WebhookView[]> {
  assertOwner(viewer)
  return asViewer(viewer, (tx) => findWebhooks(tx))
}

/** One webhook with its last hundred messages and how each try went. NotFound out of sight; Forbidden for who is not an owner. */
export async function viewWebhook(viewer: Viewer, input: { webhookId: string }): Promise<{ webhook: WebhookView; messages: MessageView[] }> {
  assertOwner(viewer)
  return asViewer(viewer, async (tx) => {
    const [webhook] = await findWebhooks(tx, input.webhookId)
    if (!webhook) throw new NotFound()
    return { webhook, messages: await findMessages(tx, webhook.id, 100) }
  })
}
