import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { takeBackupForm } from "#domain/package-backups/take-backup-form.ts"
import { now } from "#platform/clock.ts"
import { Invalid, Refusal } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"

/** A back-up from a plain form, for who has no JavaScript. Leads back to the page, which tells what became of it. */
export const POST = routeFor(["office", "employer"], z.object({ werkgever: z.uuid().optional() }), async (viewer, { werkgever }, request) => {
  const outcome = await take(viewer, viewer.kind === "office" ? (werkgever ?? null) : null, request).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.status === 404) throw error
    return new URLSearchParams({ geweigerd: error.code, ...(error.details["most"] === undefined ? {} : { most: String(error.details["most"]) }) })
  })
  const page = viewer.kind === "office" ? `/kantoor/werkgevers/${werkgever}/back-ups` : "/werkgever/back-ups"
  return new Response(null, { status: 303, headers: { Location: `${page}?${outcome}`, "Cache-Control": "private, no-store" } })
})

async function take(viewer: Viewer, employerId: string | null, request: Request): Promise<URLSearchParams> {
  const announced = Number(request.headers.get("content-length") ?? "")
  if (!Number.isSafeInteger(announced) || announced <= 0 || !request.body) throw new Invalid("upload-length")
  const { year } = await takeBackupForm(viewer, { employerId, contentType: request.headers.get("content-type") ?? "", announced, body: request.body }, now())
  return new URLSearchParams({ bewaard: "1", jaar: String(year) })
}
