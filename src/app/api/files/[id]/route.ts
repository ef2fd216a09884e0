import { getTranslations } from "next-intl/server"
import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { openFile } from "#domain/files/open-file.ts"
import { contentDisposition } from "#policy/file-name.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"
import { nameOf } from "#ui/file-naming.ts"

const shape = z.object({ id: z.uuid(), how: z.enum(["view", "download"]).default("download") })
const extensions: Readonly<Record<string, string>> = { "application/pdf": ".pdf", "application/xml": ".xml" }

/** A file's bytes as they were sent. Only a PDF is ever shown inside the browser; everything else is a download. */
export const GET = routeFor(PARTY_KINDS, shape, async (viewer, { id, how }) => {
  const file = await openFile(viewer, { fileId: id, how })
  const title = nameOf(await getTranslations(), file)
  const extension = extensions[file.mediaType] ?? ""
  const name = title.toLowerCase().endsWith(extension) ? title : `${title}${extension}`
  return new Response(file.stream, {
    headers: {
      "Content-Type": file.mediaType,
      "Content-Length": String(file.size),
      "Content-Disposition": contentDisposition(how === "view" && file.mediaType === "application/pdf" ? "inline" : "attachment", name),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cross-Origin-Resource-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  })
})

/** Asking only for the headers would count as reading, so it is not answered. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: "GET", "Cache-Control": "private, no-store" } })
}
