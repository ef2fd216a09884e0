import { env } from "#platform/env.ts"
import { Forbidden } from "#policy/errors.ts"

/**
 * Refuses a changing request that did not come from our own page: without an Origin, with another one, or one that the browser calls cross-site.
 * The framework's own check lets a request without Origin through, and believes a forged X-Forwarded-Host; this one reads neither.
 */
export function assertOwnOrigin(headers: Pick<Headers, "get">): void {
  const origin = headers.get("origin")
  const site = headers.get("sec-fetch-site")
  if (origin === null || isForeign(headers) || (site !== null && site !== "same-origin")) throw new Forbidden("foreign-origin")
}

/** Whether a request names another page than ours as its origin; also when what it names is no address at all. */
export function isForeign(headers: Pick<Headers, "get">): boolean {
  const origin = headers.get("origin")
  if (origin === null || origin === env().PUBLIC_URL) return false
  const host = hostOf(origin)
  return host === null || host !== headers.get("host")
}

/** Refuses to hand out a file to another site's page. */
export function assertNotCrossSite(headers: Pick<Headers, "get">): void {
  if (headers.get("sec-fetch-site") === "cross-site" && headers.get("sec-fetch-mode") !== "navigate") throw new Forbidden("foreign-origin")
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
