import { z } from "zod"
import { homeOf } from "#auth/page-door.ts"
import { routeFor } from "#auth/route-door.ts"
import { takeForm } from "#domain/uploads/take-form.ts"
import { now } from "#platform/clock.ts"
import { Invalid, Refusal } from "#policy/errors.ts"
import { PARTY_KINDS, type Viewer } from "#policy/viewer.ts"

/** One own file from a plain form, for who has no JavaScript. Leads back to the dossier, which tells what became of it. */
export const POST = routeFor(PARTY_KINDS, z.object({}), async (viewer, _input, request) => {
  const outcome = await take(viewer, request).catch((error: unknown) => {
    if (error instanceof Refusal) return new URLSearchParams({ geweigerd: error.code, ...shownDetails(error) })
    throw error
  })
  const location = `${homeOf[viewer.kind]}/dossier?${outcome}`
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "private, no-store" } })
})

async function take(viewer: Viewer, request: Request): Promise<URLSearchParams> {
  const announced = Number(request.headers.get("content-length") ?? "")
  if (!Number.isSafeInteger(announced) || announced <= 0 || !request.body) throw new Invalid("upload-length")
  await takeForm(viewer, { contentType: request.headers.get("content-type") ?? "", announced, body: request.body }, now())
  return new URLSearchParams({ bewaard: "1" })
}

function shownDetails({ details }: Refusal): Record<string, string> {
  return Object.fromEntries(["megabytes", "most", "finding"].flatMap((name) => (details[name] === undefined ? [] : [[name, String(details[name])]])))
}
