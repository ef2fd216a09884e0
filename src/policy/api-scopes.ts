import type { Rank } from "./ranks.ts"

/**
 * What a key may be given to do: whether it changes something, whether an employer with an office can have it for its own keys, and whether it is about the
 * whole of the party: then no key for some clients only can have it.
 */
export type ScopeRules = { changes: boolean; withOffice: boolean; ofAll: boolean }

/** Every scope of the REST API. Its sentence in the catalogue is apiKeys.scopes.<scope>, with a hyphen for the colon. */
export const apiScopes = {
  "employers:read": { changes: false, withOffice: true, ofAll: false },
  "employees:read": { changes: false, withOffice: true, ofAll: false },
  "employees:write": { changes: true, withOffice: false, ofAll: false },
  "deliveries:read": { changes: false, withOffice: false, ofAll: false },
  "deliveries:write": { changes: true, withOffice: false, ofAll: false },
  "deliveries:send": { changes: true, withOffice: false, ofAll: false },
  "backups:read": { changes: false, withOffice: false, ofAll: false },
  "backups:write": { changes: true, withOffice: false, ofAll: false },
  "webhooks:manage": { changes: true, withOffice: true, ofAll: true },
} as const satisfies Record<string, ScopeRules>

export type ApiScope = keyof typeof apiScopes

/** All scopes, in the order in which they are shown. */
export const API_SCOPES: readonly ApiScope[] = Object.keys(apiScopes).filter(isApiScope)

/** True for the name of a scope, as it comes in from outside or stands in a row. */
export function isApiScope(text: string): text is ApiScope {
  return Object.hasOwn(apiScopes, text)
}

/** The scopes that a party can give its keys: all of them to who runs payroll, else those that read what an employer sees. */
export function scopesFor({ runsPayroll }: { runsPayroll: boolean }): ApiScope[] {
  return API_SCOPES.filter((scope) => runsPayroll || apiScopes[scope].withOffice)
}

/** The rank that a key with these scopes acts with: a reader's, held by the database too, until a scope changes something. Never an owner's. */
export function rankForScopes(scopes: readonly ApiScope[]): Extract<Rank, "member" | "reader"> {
  return scopes.some((scope) => apiScopes[scope].changes) ? "member" : "reader"
}
