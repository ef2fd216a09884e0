import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { paintItem } from "#domain/deliveries/preview-item.ts"

const shape = z.object({ id: z.uuid(), page: z.coerce.number().int().min(1), width: z.coerce.number().int().min(100).max(1600) })

/** One page of a document of a delivery as a PNG, `width` pixels wide. */
export const GET = routeFor(["office", "employer"], shape, async (viewer, { id, page, width }) => {
  const png = await paintItem(viewer, { itemId: id, page, width })
  return new Response(new Uint8Array(png), {
    headers: {
      "Content-Type": "image/png",
      "Content-Length": String(png.byteLength),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cache-Control": "private, no-store",
    },
  })
})
