import { databaseAnswers } from "#platform/database.ts"

/** Says whether pages can be served now: 200 when the database answers, 503 when it does not. No reason is given to the outside. */
export async function GET(): Promise<Response> {
  const ready = await databaseAnswers()
  return Response.json({ status: ready ? "ok" : "unavailable" }, { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } })
}
