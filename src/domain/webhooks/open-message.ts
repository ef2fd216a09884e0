import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { unseal } from "#platform/secrets.ts"
import { daysKept, retryAfter } from "#policy/webhook-kinds.ts"
import { closeTry, deleteMessages, findQueued, stopRunning, tookAnything } from "./webhook-repository.ts"
import { tellOwnersOfStop } from "./tell-owners.ts"
import type { MessageToPost, TryOutcome } from "./webhook-views.ts"

/** A message that still has to go out, as it is posted; null when it went already, or its webhook was stopped. */
export async function openMessage(messageId: string): Promise<MessageToPost | null> {
  const message = await findQueued(asSystemOnce("webhook"), messageId)
  if (!message) return null
  const { id, kind, details, createdAt, attempts, webhook } = message
  const body = JSON.stringify({ type: kind, timestamp: createdAt.toISOString(), data: details })
  return { id, url: webhook.url, secret: unseal("webhook", webhook.secretSealed, webhook.id), body, attempts }
}

/**
 * Writes down how a try went. What was not taken in is tried again, later each time; after the last try it is given up, and when nothing was taken in
 * since it was made its webhook is stopped, and its owners are mailed, once. One that answers to be gone (410) is stopped at once.
 */
export async function closeMessage({ id, attempts }: Pick<MessageToPost, "id" | "attempts">, outcome: TryOutcome, now: Date): Promise<void> {
  await asSystem("webhook", async (tx) => {
    const message = await findQueued(tx, id)
    if (!message) return
    const wait = retryAfter[attempts]
    const isGone = outcome.status === 410
    const again = outcome.failure !== null && !isGone && wait !== undefined ? new Date(now.getTime() + wait * 1000) : null
    const state = outcome.failure === null ? "delivered" : again ? "queued" : "failed"
    const answer = outcome.answer === null ? null : readable(outcome.answer)
    if (!(await closeTry(tx, { ...outcome, answer, id: newId(), messageId: id, attempts, at: now }, { state, nextAt: again }))) return
    if (again) return enqueue(tx, "send-webhook", [{ messageId: id }], again)
    if (state === "failed" && (isGone || !(await tookAnything(tx, message.webhook.id, message.createdAt)))) {
      const isNew = await stopRunning(tx, message.webhook.id, { stoppedAt: now, stoppedWhy: isGone ? "gone" : "never-answered" })
      if (isNew) await tellOwnersOfStop(tx, message.webhook.partyId, now)
    }
  })
}

/** Forgets messages that are older than is kept; returns how many. */
export async function sweepWebhooks(now: Date): Promise<number> {
  return deleteMessages(asSystemOnce("sweep"), new Date(now.getTime() - daysKept * 24 * 60 * 60_000))
}

/** The beginning of an answer on one line, without what cannot be read or kept. */
function readable(answer: string): string {
  return answer.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim().slice(0, 300)
}
