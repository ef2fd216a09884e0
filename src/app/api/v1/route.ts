import { publicAddress } from "#auth/api-door.ts"
import { referencePage, referencePolicy } from "./reference.ts"

/** How to use the API, as a page. */
export async function GET(): Promise<Response> {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": referencePolicy, "Cache-Control": "public, max-age=300" }
  return new Response(referencePage(publicAddress()), { headers })
}
