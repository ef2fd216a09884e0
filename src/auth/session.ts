import { cache } from "react"
import { checkSession } from "#domain/accounts/check-session.ts"
import { now } from "#platform/clock.ts"
import type { Viewer } from "#policy/viewer.ts"
import { readCookie } from "./cookie.ts"

/** Who is asking, or null; asked of the database once per request. */
export const currentViewer: () => Promise<Viewer | null> = cache(async () => {
  const secret = await readCookie()
  return secret ? checkSession(secret, now()) : null
})
