import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { oneMore, pageOf, type Page } from "../parties/list-pages.ts"
import { assertManages } from "./assert-manages.ts"
import { findMessages, findWebhooks } from "./webhook-repository.ts"
import type { MessageView, WebhookView } from "./webhook-views.ts"

/** The webhooks of the viewer's office or business. Forbidden as assertManages. */
export async function listWebhooks(viewer: Viewer): Promise<WebhookView[]> {
  assertManages(viewer)
  return asViewer(viewer, (tx) => findWebhooks(tx))
}

/** One webhook with its last hundred messages and how each try went. NotFound out of sight; Forbidden as assertManages. */
export async function viewWebhook(viewer: Viewer, input: { webhookId: string }): Promise<{ webhook: WebhookView; messages: MessageView[] }> {
  assertManages(viewer)
  return asViewer(viewer, async (tx) => {
    const [webhook] = await findWebhooks(tx, input.webhookId)
    if (!webhook) throw new NotFound()
    return { webhook, messages: await findMessages(tx, webhook.id, { after: null, limit: 100 }) }
  })
}

/** The messages of a webhook with how each try went, newest first, a page at a time. NotFound out of sight; Forbidden as assertManages. */
export async function listMessages(viewer: Viewer, input: { webhookId: string; after: string | null; limit: number }): Promise<Page<MessageView>> {
  assertManages(viewer)
  return asViewer(viewer, async (tx) => {
    const [webhook] = await findWebhooks(tx, input.webhookId)
    if (!webhook) throw new NotFound()
    return pageOf(await findMessages(tx, webhook.id, oneMore(input)), input.limit)
  })
}
