import { asViewer, type Transaction } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { newSecret, seal } from "#platform/secrets.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { webhookAddress } from "#policy/webhook-address.ts"
import { mostWebhooks, PING, type WebhookKind } from "#policy/webhook-kinds.ts"
import { recordEvents } from "../audit/record-event.ts"
import { assertManages } from "./assert-manages.ts"
import { deleteWebhook, holdCount, holdWebhook, insertMessage, insertWebhook, requeueMessage, updateWebhook } from "./webhook-repository.ts"

/**
 * Has the viewer's own systems told of these things at an address. Returns the secret that signs every message, as Standard Webhooks writes it; it is
 * shown this once. Invalid for an address that is none, and without a kind; Conflict "webhooks-full" after the fifth. Under `webhookId`
 * where that was given, and then once, with the secret that was made last. Forbidden as assertManages.
 */
export async function addWebhook(viewer: Viewer, input: { url: string; kinds: readonly WebhookKind[]; webhookId?: string }, now: Date): Promise<{ webhookId: string; secret: string }> {
  assertManages(viewer)
  const url = webhookAddress(input.url, { loopback: env().OUTGOING_LOOPBACK })
  if (!url) throw new Invalid("webhook-address", { field: "url" })
  if (input.kinds.length === 0) throw new Invalid("webhook-kinds", { field: "kinds" })
  const webhookId = input.webhookId ?? newId()
  const { secret, secretSealed } = makeSecret(webhookId)
  await asViewer(viewer, async (tx) => {
    const count = await holdCount(tx, viewer.partyId)
    if (input.webhookId && (await holdWebhook(tx, webhookId))) return updateWebhook(tx, webhookId, { secretSealed })
    if (count >= mostWebhooks) throw new Conflict("webhooks-full", { count: mostWebhooks })
    await insertWebhook(tx, { id: webhookId, partyId: viewer.partyId, url, secretSealed, kinds: [...new Set(input.kinds)], createdBy: viewer.accountId, createdAt: now })
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "webhook.added", subjectId: webhookId }])
  })
  return { webhookId, secret }
}

/** Another secret in place of the one there is, which signs nothing any more. Returns it; it is shown this once. NotFound out of sight; Forbidden as assertManages. */
export async function renewWebhookSecret(viewer: Viewer, input: { webhookId: string }): Promise<{ secret: string }> {
  const { secret, secretSealed } = makeSecret(input.webhookId)
  await changeOwn(viewer, input.webhookId, async (tx) => {
    await updateWebhook(tx, input.webhookId, { secretSealed })
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "webhook.secret-renewed", subjectId: input.webhookId }])
  })
  return { secret }
}

/** Has a webhook hear of these things from now on. Invalid without a kind; NotFound out of sight; Forbidden as assertManages. */
export async function changeKinds(viewer: Viewer, input: { webhookId: string; kinds: readonly WebhookKind[] }): Promise<void> {
  if (input.kinds.length === 0) throw new Invalid("webhook-kinds", { field: "kinds" })
  await changeOwn(viewer, input.webhookId, async (tx) => {
    await updateWebhook(tx, input.webhookId, { kinds: [...new Set(input.kinds)] })
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "webhook.changed", subjectId: input.webhookId, details: { kinds: input.kinds.length } }])
  })
}

/** Removes a webhook with its log; what was still to be sent there is not sent. NotFound out of sight; Forbidden as assertManages. */
export async function removeWebhook(viewer: Viewer, input: { webhookId: string }): Promise<void> {
  await changeOwn(viewer, input.webhookId, async (tx) => {
    await deleteWebhook(tx, input.webhookId)
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "webhook.removed", subjectId: input.webhookId }])
  })
}

/** Stops sending there, or goes on with it; what happened meanwhile is not sent afterwards. Twice is harmless. NotFound out of sight; Forbidden as assertManages. */
export async function stopWebhook(viewer: Viewer, input: { webhookId: string; stop: boolean }, now: Date): Promise<void> {
  await changeOwn(viewer, input.webhookId, async (tx, { stoppedAt }) => {
    if ((stoppedAt !== null) === input.stop) return
    await updateWebhook(tx, input.webhookId, input.stop ? { stoppedAt: now, stoppedWhy: "by-hand" } : { stoppedAt: null, stoppedWhy: null })
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: input.stop ? "webhook.stopped" : "webhook.started", subjectId: input.webhookId }])
  })
}

/** Sends a message that says nothing, to see whether it arrives. Conflict while it is stopped; NotFound out of sight; Forbidden as assertManages. */
export async function pingWebhook(viewer: Viewer, input: { webhookId: string }, now: Date): Promise<void> {
  await changeOwn(viewer, input.webhookId, async (tx, { stoppedAt }) => {
    if (stoppedAt) throw new Conflict("webhook-stopped")
    const messageId = newId()
    await insertMessage(tx, { id: messageId, webhookId: input.webhookId, kind: PING, createdAt: now })
    await enqueue(tx, "send-webhook", [{ messageId }])
  })
}

/** Sends a message again, under the same id, whatever came of it before. Conflict while its webhook is stopped; NotFound out of sight; Forbidden as assertManages. */
export async function replayMessage(viewer: Viewer, input: { webhookId: string; messageId: string }, now: Date): Promise<void> {
  await changeOwn(viewer, input.webhookId, async (tx, { stoppedAt }) => {
    if (stoppedAt) throw new Conflict("webhook-stopped")
    if ((await requeueMessage(tx, { ...input, at: now })) === 0) throw new NotFound()
    await enqueue(tx, "send-webhook", [{ messageId: input.messageId }])
  })
}

async function changeOwn(viewer: Viewer, webhookId: string, work: (tx: Transaction, webhook: { stoppedAt: Date | null }) => Promise<void>): Promise<void> {
  assertManages(viewer)
  await asViewer(viewer, async (tx) => {
    const webhook = await holdWebhook(tx, webhookId)
    if (!webhook) throw new NotFound()
    await work(tx, webhook)
  })
}

/** A secret of 256 random bits, as its owner keeps it (Standard Webhooks: "whsec_" and base64) and as we do. */
function makeSecret(webhookId: string): { secret: string; secretSealed: Uint8Array<ArrayBuffer> } {
  const bytes = Buffer.from(newSecret(), "base64url")
  return { secret: `whsec_${bytes.toString("base64")}`, secretSealed: seal("webhook", bytes, webhookId) }
}
