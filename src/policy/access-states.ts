/** Where a person or client stands with getting in; which of them is decided in the database, by access_state. Keys under "accessNow" in the catalogue. */
export const ACCESS_STATES = [
  ...(["active", "delivered", "invited", "not-invited", "no-email", "no-proof"] as const),
  ...(["bounced", "expired", "tries-used", "withdrawn", "blocked", "taken-away"] as const),
] as const

export type AccessState = (typeof ACCESS_STATES)[number]

/** The states in which somebody is invited with all others; whose invitation or access was taken back by hand stays out, and so does who cannot be mailed. */
export const INVITED_WITH_ALL: readonly AccessState[] = ["not-invited", "expired"]
