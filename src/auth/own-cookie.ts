import { env } from "#platform/env.ts"

/** Whether people come in by https: cookies are then Secure, and bound to this very host by their name. */
export function isSecure(): boolean {
  return env().PUBLIC_URL.startsWith("https:")
}

/** The name under which a cookie of ours is kept: with `__Host-` before it where that can be (RFC 6265bis, section 4.1.3.2). */
export function ownName(name: string): string {
  return isSecure() ? `__Host-${name}` : name
}

/** How a cookie is kept that only our own pages send along, for so many seconds. */
export function strictly(maxAge: number) {
  return { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure(), maxAge } as const
}
