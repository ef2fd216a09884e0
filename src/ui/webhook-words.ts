import type { PING, WebhookKind } from "#policy/webhook-kinds.ts"

/** The keys of the sentences for what a webhook hears of: a dot cannot stand in one. */
export const webhookKindKeys = {
  ping: "kinds.ping",
  "delivery.staged": "kinds.delivery-staged",
  "delivery.sent": "kinds.delivery-sent",
  "delivery.failed": "kinds.delivery-failed",
  "approval.given": "kinds.approval-given",
  "approval.refused": "kinds.approval-refused",
  "file.withdrawn": "kinds.file-withdrawn",
} as const satisfies Record<WebhookKind | typeof PING, string>
