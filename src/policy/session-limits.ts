import type { PartyKind } from "./viewer.ts"

const minutes = 60_000
const hours = 60 * minutes

/** How long a session may live, in milliseconds: in all, and without being used. */
export const sessionLimits = {
  office: { absolute: 12 * hours, idle: 60 * minutes },
  employer: { absolute: 12 * hours, idle: 60 * minutes },
  employee: { absolute: 24 * hours, idle: 12 * hours },
} as const satisfies Record<PartyKind, { absolute: number; idle: number }>

/** How long after proving to be the holder of a session one may change how the account is got into, in milliseconds (OWASP ASVS 7.5.1). */
export const confirmedFor = 15 * minutes

/** A used session is written down at most this often, in milliseconds: reading a page should not cost a write. */
export const seenEvery = 1 * minutes
