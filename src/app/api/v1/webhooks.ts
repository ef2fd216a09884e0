import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { addWebhook, changeKinds, pingWebhook, removeWebhook, renewWebhookSecret, replayMessage, stopWebhook } from "#domain/webhooks/change-webhooks.ts"
import { listMessages, listWebhooks, viewWebhook } from "#domain/webhooks/list-webhooks.ts"
import type { MessageView, WebhookView } from "#domain/webhooks/webhook-views.ts"
import { PING, WEBHOOK_KINDS } from "#policy/webhook-kinds.ts"
import { moment, nullableMoment, page, paging } from "./schemas.ts"

const webhookId = z.object({ webhookId: z.uuid() })
const kinds = z.array(z.enum(WEBHOOK_KINDS)).min(1).max(WEBHOOK_KINDS.length)
const secret = z.string().describe("whsec_ and 32 bytes in base64, as Standard Webhooks has it; told here alone")

const webhook = z.strictObject({
  id: z.uuid(),
  url: z.string(),
  kinds: z.array(z.enum(WEBHOOK_KINDS)),
  createdAt: moment,
  stoppedAt: moment.nullable(),
  stoppedWhy: z.enum(["by-hand", "never-answered", "gone"]).nullable(),
  lastDeliveredAt: moment.nullable(),
  lastFailedAt: moment.nullable(),
})

const message = z.strictObject({
  id: z.uuid().describe("The webhook-id that it was sent with"),
  kind: z.enum([...WEBHOOK_KINDS, PING]),
  createdAt: moment,
  state: z.enum(["queued", "delivered", "failed"]),
  nextAt: moment.nullable(),
  tries: z.array(z.strictObject({ at: moment, status: z.int().nullable(), failure: z.string().nullable(), milliseconds: z.int(), answer: z.string().nullable() })).describe("The last twenty, newest first"),
})

const shared = { scope: "webhooks:manage", params: webhookId, query: z.strictObject({}), body: nothing, form: null } as const
const none = { params: z.object({}) } as const

/** Where the party has itself told of what happens; for a key that an owner gave this, and no other. */
export const webhookOperations = [
  operation({
    ...shared,
    ...none,
    id: "listWebhooks",
    method: "GET",
    path: "/webhooks",
    summary: "Where the party has itself told of what happens",
    notes: "At most five, so there are no pages.",
    status: 200,
    answer: z.strictObject({ rows: z.array(webhook) }),
    refusals: [],
    run: async (viewer) => ({ rows: (await listWebhooks(viewer)).map(toWebhook) }),
  }),
  operation({
    ...shared,
    ...none,
    id: "createWebhook",
    method: "POST",
    path: "/webhooks",
    summary: "Be told of these things at an address",
    notes: "The secret that signs what is sent is in this answer alone. https only, and an address on the public internet.",
    body: z.strictObject({ url: z.string().max(500), kinds }),
    status: 201,
    answer: z.strictObject({ webhook, secret }),
    refusals: ["webhook-address", "webhooks-full"],
    run: async (viewer, { body }, { now, plannedId }) => {
      const made = await addWebhook(viewer, { ...body, webhookId: plannedId }, now)
      return { webhook: await oneOf(viewer, made), secret: made.secret }
    },
  }),
  operation({
    ...shared,
    id: "getWebhook",
    method: "GET",
    path: "/webhooks/{webhookId}",
    summary: "One webhook",
    status: 200,
    answer: webhook,
    refusals: [],
    run: (viewer, { params }) => oneOf(viewer, params),
  }),
  operation({
    ...shared,
    id: "changeWebhook",
    method: "PATCH",
    path: "/webhooks/{webhookId}",
    summary: "Be told of other things, stop, or go on",
    notes: "What happened while it was stopped is not sent afterwards. For another address make another webhook.",
    body: z.strictObject({ kinds: kinds.optional(), stopped: z.boolean().optional() }),
    status: 200,
    answer: webhook,
    refusals: [],
    run: async (viewer, { params, body }, { now }) => {
      if (body.kinds) await changeKinds(viewer, { ...params, kinds: body.kinds })
      if (body.stopped !== undefined) await stopWebhook(viewer, { ...params, stop: body.stopped }, now)
      return oneOf(viewer, params)
    },
  }),
  operation({
    ...shared,
    id: "deleteWebhook",
    method: "DELETE",
    path: "/webhooks/{webhookId}",
    summary: "Remove a webhook with its log",
    status: 204,
    answer: nothing,
    refusals: [],
    run: async (viewer, { params }) => void (await removeWebhook(viewer, params)),
  }),
  operation({
    ...shared,
    id: "renewWebhookSecret",
    method: "POST",
    path: "/webhooks/{webhookId}/secret",
    summary: "Another secret in place of the one there is",
    notes: "The one before signs nothing any more, also not what still has to go out.",
    status: 200,
    answer: z.strictObject({ secret }),
    refusals: [],
    run: (viewer, { params }) => renewWebhookSecret(viewer, params),
  }),
  operation({
    ...shared,
    id: "testWebhook",
    method: "POST",
    path: "/webhooks/{webhookId}/test",
    summary: "Send a message that says nothing, of the kind ping",
    notes: "It goes out right after; listWebhookMessages tells how it went.",
    status: 204,
    answer: nothing,
    refusals: ["webhook-stopped"],
    run: async (viewer, { params }, { now }) => void (await pingWebhook(viewer, params, now)),
  }),
  operation({
    ...shared,
    id: "listWebhookMessages",
    method: "GET",
    path: "/webhooks/{webhookId}/messages",
    summary: "What was sent there, and what was answered; the newest first",
    notes: "Kept for thirty days.",
    query: z.strictObject(paging),
    status: 200,
    answer: page(message),
    refusals: [],
    run: async (viewer, { params, query }) => {
      const { rows, next } = await listMessages(viewer, { ...params, after: query.cursor ?? null, limit: query.limit })
      return { rows: rows.map(toMessage), next }
    },
  }),
  operation({
    ...shared,
    id: "sendWebhookMessageAgain",
    method: "POST",
    path: "/webhooks/{webhookId}/messages/{messageId}/send-again",
    summary: "Send a message again under the same id, whatever came of it",
    params: webhookId.extend({ messageId: z.uuid() }),
    status: 204,
    answer: nothing,
    refusals: ["webhook-stopped"],
    run: async (viewer, { params }, { now }) => void (await replayMessage(viewer, params, now)),
  }),
]

async function oneOf(viewer: Parameters<typeof viewWebhook>[0], { webhookId: id }: { webhookId: string }): Promise<z.input<typeof webhook>> {
  return toWebhook((await viewWebhook(viewer, { webhookId: id })).webhook)
}

function toWebhook({ createdAt, stoppedAt, lastDeliveredAt, lastFailedAt, ...row }: WebhookView): z.input<typeof webhook> {
  return { ...row, createdAt: createdAt.toISOString(), stoppedAt: nullableMoment(stoppedAt), lastDeliveredAt: nullableMoment(lastDeliveredAt), lastFailedAt: nullableMoment(lastFailedAt) }
}

function toMessage({ createdAt, nextAt, tries, ...row }: MessageView): z.input<typeof message> {
  return { ...row, createdAt: createdAt.toISOString(), nextAt: nullableMoment(nextAt), tries: tries.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })) }
}
