import { type NextRequest, NextResponse } from "next/server"
import { isForeign } from "#auth/origin.ts"
import { env } from "#platform/env.ts"

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/**
 * Sets the headers that differ per request: a content security policy with a fresh nonce, no-store, and HSTS where people come in by https.
 * It never protects anything: that is done by the doors in auth/. What it refuses are only requests on which Next itself would
 * fail with a bare 500: a method nobody knows, an action posted from elsewhere. Next reads the nonce from the request's header and puts it on its own scripts.
 */
export function proxy(request: NextRequest): NextResponse {
  if (!knownMethods.has(request.method)) return new NextResponse(null, { status: 405, headers: { Allow: [...knownMethods].join(", ") } })
  if (request.method === "POST" && isForeign(request.headers)) return new NextResponse(null, { status: 403 })
  const policy = contentSecurityPolicy(crypto.randomUUID())
  const headers = new Headers(request.headers)
  headers.set("Content-Security-Policy", policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("Content-Security-Policy", policy)
  response.headers.set("Cache-Control", "private, no-store")
  if (env().PUBLIC_URL.startsWith("https:")) response.headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
  return response
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

/** Pages only. Handlers under /api set their own headers, and their bodies must not be buffered here; static files need no nonce. */
export const config = {
  matcher: ["/((?!api/|_next/static/|fonts/|pdfjs/|icon\\.svg$).*)"],
}
