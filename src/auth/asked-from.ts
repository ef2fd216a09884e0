import { headers } from "next/headers"
import { sourceHeader } from "#platform/request-source.ts"
import { knownBrowser } from "./device-cookie.ts"

/** Where this request comes from: its source (platform/request-source.ts), the browser if it is known, and what it says of itself. */
export async function askedFrom(): Promise<{ source: string | null; browser: string | null; device: string | null }> {
  const sent = await headers()
  return { source: sent.get(sourceHeader), browser: await knownBrowser(), device: sent.get("user-agent") }
}
