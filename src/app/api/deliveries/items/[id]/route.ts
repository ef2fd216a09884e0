import { getTranslations } from "next-intl/server"
import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { readItem } from "#domain/deliveries/preview-item.ts"
import { contentDisposition } from "#policy/file-name.ts"
import { nameOf } from "#ui/file-naming.ts"

/**
 * A document of a delivery as it will be sent. A PDF opens in the browser's own viewer, which a sandbox would forbid; anything else is only
 * saved. Nothing in either can load or run anything of ours.
 */
export const GET = routeFor(["office", "employer"], z.object({ id: z.uuid() }), async (viewer, { id }) => {
  const item = await readItem(viewer, { itemId: id })
  const isPdf = item.mediaType === "application/pdf"
  const name = `${nameOf(await getTranslations(), { ...item, name: null })}${isPdf ? ".pdf" : ".xml"}`
  return new Response(item.stream, {
    headers: {
      "Content-Type": item.mediaType,
      "Content-Length": String(item.size),
      "Content-Disposition": contentDisposition(isPdf ? "inline" : "attachment", name),
      "Content-Security-Policy": isPdf ? "default-src 'none'; frame-ancestors 'none'" : "default-src 'none'; sandbox",
      "Cache-Control": "private, no-store",
    },
  })
})
