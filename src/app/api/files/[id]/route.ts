import { getTranslations } from "next-intl/server"
import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { openFile } from "#domain/files/open-file.ts"
import { readByteRange } from "#policy/byte-range.ts"
import { Invalid } from "#policy/errors.ts"
import { contentDisposition, withEnding } from "#policy/file-name.ts"
import { leavesAs } from "#policy/own-file-kinds.ts"
import { shownAs } from "#policy/shown-media.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"
import { nameOf } from "#ui/file-naming.ts"

const shape = z.object({ id: z.uuid(), how: z.enum(["view", "download"]).default("download") })
const always = { "Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff" }

/**
 * A file's bytes as they were sent, or one range of them (RFC 9110, 14). Only what cannot run is shown inside the browser (policy/shown-media.ts);
 * everything else is a download. There is no validator to compare, so a range under If-Range is answered with the whole.
 */
export const GET = routeFor(PARTY_KINDS, shape, async (viewer, { id, how }, request) => {
  const range = request.headers.has("if-range") ? null : readByteRange(request.headers.get("range"))
  const file = await openFile(viewer, { fileId: id, how, range }).catch(pastEnd)
  if (file instanceof Response) return file
  const name = withEnding(nameOf(await getTranslations(), file), file.mediaType)
  const { part, size } = file
  return new Response(file.stream, {
    status: part ? 206 : 200,
    headers: {
      ...always,
      "Content-Type": leavesAs(file.mediaType),
      "Content-Length": String(part ? part.end - part.start : size),
      ...(part ? { "Content-Range": `bytes ${part.start}-${part.end - 1}/${size}` } : {}),
      "Accept-Ranges": "bytes",
      "Content-Disposition": contentDisposition(how === "view" && shownAs(file.mediaType) ? "inline" : "attachment", name),
      "Cross-Origin-Resource-Policy": "same-origin",
    },
  })
})

/** Asking only for the headers would count as reading, so it is not answered. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: "GET", "Cache-Control": "private, no-store" } })
}

/** A range past the end has a status of its own, and says how large the file is. */
function pastEnd(error: unknown): Response {
  if (!(error instanceof Invalid) || error.code !== "range-past-end") throw error
  return new Response(null, { status: 416, headers: { ...always, "Content-Range": `bytes */${error.details["size"] ?? "*"}` } })
}
