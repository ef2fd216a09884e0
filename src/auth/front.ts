import { randomUUID } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { env } from "#platform/env.ts"
import { sourceHeader, sourceOf } from "#platform/request-source.ts"
import { isForeign } from "./origin.ts"

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/** Handlers under /api set their own headers, and static files need no nonce. */
const noPage = /^\/(?:api\/|_next\/static\/|fonts\/|pdfjs\/|icon\.svg(?:\?|$))/

/**
 * What is done with every request before Next sees it. Its source is written down over what a client sent under that name, because Next tells nobody who is at the
 * other end of the connection. Pages get the headers that differ per request: a content security policy with a fresh nonce, which Next reads from the request and puts on its
 * own scripts, no-store, and HSTS where people come in by https. It never protects anything: that is done by the doors. What it refuses are only requests on
 * which Next itself would fail with a bare 500: a method nobody knows, an action posted from elsewhere.
 */
export function passFront(request: IncomingMessage, response: ServerResponse): void {
  // The standard Request cannot be made for TRACE (Fetch standard, "forbidden method"); a method that nobody serves is refused.
  if (request.method === "TRACE") request.method = "TRACE-REFUSED"
  const forwarded = request.headers["x-forwarded-for"]
  request.headers[sourceHeader] = sourceOf(request.socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(",") : forwarded, env().TRUSTED_PROXIES)
  if (noPage.test(request.url ?? "")) return
  const policy = contentSecurityPolicy(randomUUID())
  request.headers["content-security-policy"] = policy
  response.setHeader("Content-Security-Policy", policy)
  response.setHeader("Cache-Control", "private, no-store")
  if (env().PUBLIC_URL.startsWith("https:")) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
  if (!knownMethods.has(request.method ?? "")) response.writeHead(405, { Allow: [...knownMethods].join(", ") }).end()
  else if (request.method === "POST" && isForeign({ get: (name) => request.headers[name]?.toString() ?? null })) response.writeHead(403).end()
}

/** Throws for a page of which the request came in before `passFront` was there to meet it: it would go out without a policy. The 404 of an address under /api is a page too, with a policy of its own. */
export function assertPassedFront(headers: Pick<Headers, "get">): void {
  if (!headers.get(sourceHeader)) throw new Error("A request came in before the front stood")
}

function contentSecurityPolicy(nonce: string): string {
  const developing = env().NODE_ENV === "development"
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${developing ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ")
}
