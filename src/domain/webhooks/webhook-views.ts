import type { PING, WebhookKind } from "#policy/webhook-kinds.ts"

/** A webhook as its owner sees it; the secret is shown when it is made, and never again. */
export type WebhookView = {
  id: string
  url: string
  kinds: WebhookKind[]
  createdAt: Date
  stoppedAt: Date | null
  /** Stopped by hand, or because nothing was taken in for days, or because it said to be gone. */
  stoppedWhy: "by-hand" | "never-answered" | "gone" | null
  lastDeliveredAt: Date | null
  lastFailedAt: Date | null
}

export type TryView = { at: Date; status: number | null; failure: string | null; milliseconds: number; answer: string | null }

export type MessageView = { id: string; kind: WebhookKind | typeof PING; createdAt: Date; state: "queued" | "delivered" | "failed"; nextAt: Date | null; tries: TryView[] }

/** What is posted: the same id and body at every try. */
export type MessageToPost = { id: string; url: string; secret: Buffer; body: string; attempts: number }

/** How a try went. `failure` is null when it was taken in; `status` when there was an answer. */
export type TryOutcome = { status: number | null; failure: string | null; milliseconds: number; answer: string | null }
