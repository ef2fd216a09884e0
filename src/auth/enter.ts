import { checkSession } from "#domain/sessions/check-session.ts"
import { now } from "#platform/clock.ts"
import { openCookie } from "./cookie.ts"
import { homeOf, setUpAt } from "./page-door.ts"

/** Opens the cookie of a session that was just begun, and tells where its portal begins, or where a second step is set up first. Only from an action. */
export async function enter(secret: string): Promise<string> {
  await openCookie(secret)
  const viewer = await checkSession(secret, now())
  if (viewer?.mustSetUp) return setUpAt
  return viewer ? homeOf[viewer.kind] : "/aanmelden"
}
