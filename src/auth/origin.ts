import { env } from "#platform/env.ts"
import { Forbidden } from "#policy/errors.ts"

/**
 * Refuses a changing request that did not come from our own page: without an Origin, with another one, or one that the browser calls cross-site.
 * The framework's own check lets a request without Origin through, and believes a forged X-Forwarded-Host; this one reads neither.
 */
export function assertOwnOrigin(headers: Pick<Headers, "get">): void {
  const origin = headers.get("origin")
  const site = headers.get("sec-fetch-site")
  const own = origin !== null && (origin === env().PUBLIC_URL || hostOf(origin) === headers.get("host"))
  if (!own || (site !== null && site !== "same-origin")) throw new Forbidden("foreign-origin")
}

/** Refuses to hand out a file to another site's page. */
export function assertNotCrossSite(headers: Pick<Headers, "get">): void {
  if (headers.get("sec-fetch-site") === "cross-site" && headers.get("sec-fetch-mode") !== "navigate") throw new Forbidden("foreign-origin")
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
