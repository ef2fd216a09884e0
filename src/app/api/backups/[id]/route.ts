import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { Invalid } from "#policy/errors.ts"
import { backupAnswer } from "../backup-answer.ts"

/** A back-up as a download. */
export const GET = routeFor(["office", "employer"], z.object({ id: z.uuid() }), async (viewer, { id }, request) => backupAnswer(viewer, id, request.headers).catch(pastEnd))

/** Asking only for the headers would count as downloading, so it is not answered. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: "GET", "Cache-Control": "private, no-store" } })
}

/** A range past the end has a status of its own, and says how large the back-up is. */
function pastEnd(error: unknown): Response {
  if (!(error instanceof Invalid) || error.code !== "range-past-end") throw error
  return new Response(null, { status: 416, headers: { "Cache-Control": "private, no-store", "Content-Range": `bytes */${error.details["size"] ?? "*"}` } })
}
