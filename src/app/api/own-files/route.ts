import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { finishUploads } from "#domain/uploads/finish-uploads.ts"
import { now } from "#platform/clock.ts"
import { Invalid } from "#policy/errors.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const shape = z.object({
  uploadIds: z.array(z.uuid()).min(1).max(200),
  together: z.string().max(1000).nullable().default(null),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable().default(null),
})

/** Makes whole uploads one own file: { uploadIds, together, sha256 } as JSON. Answers 201 with { fileId }; asked again, the same. */
export const POST = routeFor(PARTY_KINDS, z.object({}), async (viewer, _input, request) => {
  const parsed = shape.safeParse(await request.json().catch(() => null))
  if (!parsed.success) throw new Invalid("invalid")
  const file = await finishUploads(viewer, parsed.data, now())
  return Response.json(file, { status: 201, headers: { "Cache-Control": "private, no-store" } })
})
