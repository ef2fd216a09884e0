/** What can happen, for the audit chain. The chain it is written in: the dossier's for files, else the account's or the party's. */
export const EVENT_KINDS = [
  "account.signed-in",
  "account.signed-out",
  "account.sign-in-failed",
  "account.password-link-asked",
  "account.password-link-refused",
  "account.password-chosen",
  "employer.added",
  "people.imported",
  "bsn.shown",
  "delivery.started",
  "delivery.file-received",
  "delivery.file-removed",
  "delivery.item-assigned",
  "delivery.item-removed",
  "delivery.staged",
  "delivery.unstaged",
  "delivery.removed",
  "delivery.sent",
  "file.placed",
  "file.viewed",
  "file.downloaded",
] as const

export type EventKind = (typeof EVENT_KINDS)[number]
