import { publicAddress } from "#auth/api-door.ts"
import { openApi } from "../openapi.ts"

/** What the API can do, for programs: OpenAPI 3.1. */
export async function GET(): Promise<Response> {
  return Response.json(openApi(publicAddress()), { headers: { "Cache-Control": "public, max-age=300" } })
}
