import { cookies } from "next/headers"
import { env } from "#platform/env.ts"

const year = 365 * 24 * 60 * 60
const isSecure = () => env().PUBLIC_URL.startsWith("https:")
const nameOf = () => (isSecure() ? "__Host-toestel" : "toestel")

/** The secret by which this browser is known to the accounts that signed in in it, or null. It opens nothing. */
export async function knownBrowser(): Promise<string | null> {
  return (await cookies()).get(nameOf())?.value ?? null
}

/** Keeps that secret in this browser for a year. Only from an action. */
export async function keepBrowser(secret: string): Promise<void> {
  (await cookies()).set(nameOf(), secret, { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure(), maxAge: year })
}
