/** What a webhook can be told of. Keys under "webhooks.kinds" in the catalogue. */
export const WEBHOOK_KINDS = ["delivery.staged", "delivery.sent", "delivery.failed", "approval.given", "approval.refused", "file.withdrawn"] as const

export type WebhookKind = (typeof WEBHOOK_KINDS)[number]

/** What is sent to see whether anybody is there. */
export const PING = "ping"

/** The most webhooks of one party. */
export const mostWebhooks = 5

/** How long after each try that went wrong the next one comes, in seconds; after the last the message is given up. Three days in all (Standard Webhooks 1.0, "Retry schedule"). */
export const retryAfter = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600] as const

/** How long messages and how they went are kept, in days. */
export const daysKept = 30
