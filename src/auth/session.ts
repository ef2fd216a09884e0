import { cache } from "react"
import { checkSession } from "#domain/sessions/check-session.ts"
import { now } from "#platform/clock.ts"
import type { Viewer } from "#policy/viewer.ts"
import { readCookie } from "./cookie.ts"

/** Who is asking, or null; asked of the database once per request. */
export const currentViewer: () => Promise<Viewer | null> = cache(async () => {
  const secret = await readCookie()
  return secret ? currentViewerOf(secret) : null
})

/** Who a session's secret stands for now, where it is not in the request's cookie yet: one that was just begun. */
export async function currentViewerOf(secret: string): Promise<Viewer | null> {
  return checkSession(secret, now())
}
