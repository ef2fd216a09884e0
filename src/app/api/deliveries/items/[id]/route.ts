import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { readItem } from "#domain/deliveries/preview-item.ts"

/**
 * A document of a delivery as it will be sent. A PDF opens in the browser's own viewer, which a sandbox would forbid; anything else is only
 * saved. Nothing in either can load or run anything of ours.
 */
export const GET = routeFor(["office", "employer"], z.object({ id: z.uuid() }), async (viewer, { id }) => {
  const { stream, mediaType, size } = await readItem(viewer, { itemId: id })
  const isPdf = mediaType === "application/pdf"
  return new Response(stream, {
    headers: {
      "Content-Type": mediaType,
      "Content-Length": String(size),
      "Content-Disposition": isPdf ? "inline" : 'attachment; filename="document.xml"',
      "Content-Security-Policy": isPdf ? "default-src 'none'; frame-ancestors 'none'" : "default-src 'none'; sandbox",
      "Cache-Control": "private, no-store",
    },
  })
})
