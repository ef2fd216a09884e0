import { encode } from "next-auth/jwt"
import { signIn } from "#domain/accounts/sign-in.ts"
import { keyFor } from "#platform/secrets.ts"
import type { Viewer } from "#policy/viewer.ts"
import { goodPassword, sessionOf } from "./house.ts"
import type { TestPortal } from "./portal.ts"

export type SignedIn = (path: string, request?: { method?: string; body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> }) => Promise<Response>

/** Asks the portal as somebody who signed in with `goodPassword`, the way a browser on its own pages does; gives up after ten seconds. */
export async function signedIn(portal: TestPortal, viewer: Viewer): Promise<SignedIn> {
  const secret = sessionOf(await signIn({ username: viewer.username, password: goodPassword, device: "test" }, new Date()))
  const key = keyFor("cookie", portal.environment["MASTER_KEY"]).toString("base64url")
  const cookie = `sessie=${await encode({ token: { sid: secret }, secret: key, salt: "sessie" })}`
  return (path, { method = "GET", body, headers = {} } = {}) =>
    fetch(new URL(path, portal.url), {
      method,
      body: body ?? null,
      headers: { cookie, origin: portal.url, ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(60_000),
    })
}
