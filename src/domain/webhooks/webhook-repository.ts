import type { Transaction } from "#platform/database.ts"
import { PING, WEBHOOK_KINDS, type WebhookKind } from "#policy/webhook-kinds.ts"
import type { MessageView, WebhookView } from "./webhook-views.ts"

const shown = { id: true, url: true, kinds: true, createdAt: true, stoppedAt: true, stoppedWhy: true } as const
const known = new Set<string>(WEBHOOK_KINDS)
const isKind = (kind: string): kind is WebhookKind => known.has(kind)
const stops = ["by-hand", "never-answered", "gone"] as const

type Shown = { id: string; url: string; kinds: string[]; createdAt: Date; stoppedAt: Date | null; stoppedWhy: string | null }

function toView({ kinds, stoppedWhy, ...row }: Shown, last: { deliveredAt: Date | null; failedAt: Date | null } | undefined): WebhookView {
  const why = stops.find((one) => one === stoppedWhy) ?? null
  return { ...row, kinds: kinds.filter(isKind), stoppedWhy: why, lastDeliveredAt: last?.deliveredAt ?? null, lastFailedAt: last?.failedAt ?? null }
}

/** The viewer's webhooks, or one of them, oldest first, with when the last try of each went well and went wrong. */
export async function findWebhooks(tx: Transaction, id?: string): Promise<WebhookView[]> {
  const rows = await tx.webhook.findMany({ where: id ? { id } : {}, orderBy: { id: "asc" }, select: shown })
  const last = await tx.$queryRaw<{ id: string; deliveredAt: Date | null; failedAt: Date | null }[]>`
    select m.webhook_id as id, max(t.at) filter (where t.failure is null) as "deliveredAt", max(t.at) filter (where t.failure is not null) as "failedAt"
    from webhook_message m join webhook_try t on t.message_id = m.id where m.webhook_id = any (${rows.map((row) => row.id)}::uuid[]) group by m.webhook_id`
  return rows.map((row) => toView(row, last.find((one) => one.id === row.id)))
}

/** One webhook of the viewer's, held until the transaction ends. */
export async function holdWebhook(tx: Transaction, id: string): Promise<Shown | null> {
  await tx.$queryRaw`select id from webhook where id = ${id}::uuid for update`
  return tx.webhook.findUnique({ where: { id }, select: shown })
}

/** Lets those who add to one party's webhooks wait for each other, and counts what is there. */
export async function holdCount(tx: Transaction, partyId: string): Promise<number> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`webhooks:${partyId}`}, 0))::text`
  return tx.webhook.count()
}

export type NewWebhook = { id: string; partyId: string; url: string; secretSealed: Uint8Array<ArrayBuffer>; kinds: string[]; createdBy: string; createdAt: Date }

/** Makes a webhook. */
export async function insertWebhook(tx: Transaction, webhook: NewWebhook): Promise<void> {
  await tx.webhook.createMany({ data: [webhook] })
}

/** Gives it another secret, or other things to hear of, or stops it, or lets it go on. */
export async function updateWebhook(tx: Transaction, id: string, changed: { secretSealed?: Uint8Array<ArrayBuffer>; kinds?: string[]; stoppedAt?: Date | null; stoppedWhy?: string | null }): Promise<void> {
  await tx.webhook.updateMany({ where: { id }, data: changed })
}

/** Stops a webhook that was not stopped yet; false when it was. As the system. */
export async function stopRunning(tx: Transaction, id: string, stopped: { stoppedAt: Date; stoppedWhy: string }): Promise<boolean> {
  return (await tx.webhook.updateMany({ where: { id, stoppedAt: null }, data: stopped })).count > 0
}

/** Removes a webhook with all that was sent there. */
export async function deleteWebhook(tx: Transaction, id: string): Promise<number> {
  return (await tx.webhook.deleteMany({ where: { id } })).count
}

/** Leaves a message for one webhook. */
export async function insertMessage(tx: Transaction, message: { id: string; webhookId: string; kind: string; createdAt: Date }): Promise<void> {
  await tx.webhookMessage.createMany({ data: [{ ...message, details: {}, nextAt: message.createdAt }] })
}

/** Leaves each message for each webhook of these parties that wants to hear of it, under its ids, and returns the ids that were used. By whomever it was caused. */
export async function insertMessages(tx: Transaction, messages: readonly { ids: readonly string[]; details: Readonly<Record<string, string | number>> }[], told: { partyIds: readonly string[]; kind: WebhookKind; at: Date }): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select tell_webhooks(m.ids, ${[...told.partyIds]}::uuid[], ${told.kind}, m.details, ${told.at}::timestamptz) as id
    from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as m(ids uuid[], details jsonb)`
  return rows.map(({ id }) => id)
}

/** The messages of a webhook, with their tries, newest first, after the one with the id `after` (null: from the newest). */
export async function findMessages(tx: Transaction, webhookId: string, { after, limit }: { after: string | null; limit: number }): Promise<MessageView[]> {
  const rows = await tx.webhookMessage.findMany({
    where: { webhookId, ...(after === null ? {} : { id: { lt: after } }) },
    orderBy: { id: "desc" },
    take: limit,
    select: {
      id: true, kind: true, createdAt: true, state: true, nextAt: true,
      tries: { orderBy: { id: "desc" }, take: 20, select: { at: true, status: true, failure: true, milliseconds: true, answer: true } },
    },
  })
  return rows.map(({ kind, state, ...row }) => ({ ...row, kind: isKind(kind) ? kind : PING, state: state === "delivered" || state === "failed" ? state : "queued" }))
}

/** Begins a message anew, whatever came of it before; the number of its webhook's messages that this was. */
export async function requeueMessage(tx: Transaction, { messageId, webhookId, at }: { messageId: string; webhookId: string; at: Date }): Promise<number> {
  return (await tx.webhookMessage.updateMany({ where: { id: messageId, webhookId }, data: { state: "queued", attempts: 0, nextAt: at } })).count
}

export type QueuedMessage = { id: string; kind: string; details: unknown; createdAt: Date; attempts: number; webhook: { id: string; partyId: string; url: string; secretSealed: Uint8Array<ArrayBuffer> } }

/** A message that still has to go out to a webhook that was not stopped. As the system. */
export async function findQueued(tx: Transaction, id: string): Promise<QueuedMessage | null> {
  const row = await tx.webhookMessage.findFirst({
    where: { id, state: "queued", webhook: { stoppedAt: null } },
    select: { id: true, kind: true, details: true, createdAt: true, attempts: true, webhook: { select: { id: true, partyId: true, url: true, secretSealed: true } } },
  })
  return row ? { ...row, webhook: { ...row.webhook, secretSealed: new Uint8Array(row.webhook.secretSealed) } } : null
}

/** Writes down a try, when it is the one that was due. False when another worker wrote it down already. As the system. */
export async function closeTry(
  tx: Transaction,
  tried: { id: string; messageId: string; attempts: number; at: Date; status: number | null; failure: string | null; milliseconds: number; answer: string | null },
  next: { state: "queued" | "delivered" | "failed"; nextAt: Date | null },
): Promise<boolean> {
  const { attempts, ...row } = tried
  const { count } = await tx.webhookMessage.updateMany({ where: { id: row.messageId, state: "queued", attempts }, data: { ...next, attempts: attempts + 1 } })
  if (count > 0) await tx.webhookTry.createMany({ data: [row] })
  return count > 0
}

/** Whether anything was taken in by a webhook since a moment. As the system. */
export async function tookAnything(tx: Transaction, webhookId: string, since: Date): Promise<boolean> {
  return (await tx.webhookTry.findFirst({ where: { failure: null, at: { gte: since }, message: { webhookId } }, select: { id: true } })) !== null
}

/** Forgets what is older. As the system. */
export async function deleteMessages(tx: Transaction, before: Date): Promise<number> {
  return (await tx.webhookMessage.deleteMany({ where: { createdAt: { lt: before } } })).count
}
