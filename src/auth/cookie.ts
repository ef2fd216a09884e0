import { cookies } from "next/headers"
import NextAuth from "next-auth"
import { decode } from "next-auth/jwt"
import Credentials from "next-auth/providers/credentials"
import { z } from "zod"
import { keyFor } from "#platform/secrets.ts"
import { isSecure, ownName } from "./own-cookie.ts"

const cookieName = () => ownName("sessie")
const cookieKey = () => keyFor("cookie").toString("base64url")
const day = 24 * 60 * 60

/**
 * next-auth keeps one thing: an encrypted cookie with the secret of a session row. Who that is and whether it still holds is asked
 * of the database on every request (session.ts). Its own routes are not mounted; only our actions open and close the cookie.
 */
const nextAuth = NextAuth(() => ({
  secret: cookieKey(),
  trustHost: true,
  session: { strategy: "jwt", maxAge: day },
  providers: [
    Credentials({
      credentials: { secret: {} },
      authorize: ({ secret }) => (typeof secret === "string" ? { id: secret } : null),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => ({ sid: user?.id ?? token["sid"] }),
  },
  cookies: {
    sessionToken: { name: cookieName(), options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } },
    callbackUrl: { name: "sessie-terug", options: { httpOnly: true, sameSite: "strict", path: "/", secure: isSecure(), maxAge: 0 } },
  },
}))

/** Opens the cookie of a session that was just begun. Only from an action or a route handler. */
export async function openCookie(secret: string): Promise<void> {
  await nextAuth.signIn("credentials", { secret, redirect: false, redirectTo: "/" })
}

/** Closes the cookie. The session itself is ended by domain/sessions/sign-out.ts. */
export async function closeCookie(): Promise<void> {
  await nextAuth.signOut({ redirect: false, redirectTo: "/" })
}

const opened = new Map<string, string>()
const most = 10_000

/** The session secret in this request's cookie, or null. Opening a cookie costs more than asking the database, so the opened ones are remembered. */
export async function readCookie(): Promise<string | null> {
  const token = (await cookies()).get(cookieName())?.value
  if (!token) return null
  const known = opened.get(token)
  if (known) return known
  const payload = await decode({ token, secret: cookieKey(), salt: cookieName() }).catch(() => null)
  const secret = z.string().safeParse(payload?.["sid"]).data ?? null
  if (secret) {
    if (opened.size >= most) opened.delete(opened.keys().next().value ?? "")
    opened.set(token, secret)
  }
  return secret
}
