import { cookies } from "next/headers"
import { ownName, strictly } from "./own-cookie.ts"

const year = 365 * 24 * 60 * 60

/** The secret by which this browser is known to the accounts that signed in in it, or null. It opens nothing. */
export async function knownBrowser(): Promise<string | null> {
  return (await cookies()).get(ownName("toestel"))?.value ?? null
}

/** Keeps that secret in this browser for a year. Only from an action. */
export async function keepBrowser(secret: string): Promise<void> {
  (await cookies()).set(ownName("toestel"), secret, strictly(year))
}
