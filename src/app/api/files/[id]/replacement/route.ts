import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { replaceFile } from "#domain/files/replace-file.ts"
import { now } from "#platform/clock.ts"
import { Invalid } from "#policy/errors.ts"

/** "Vervang": takes in the PDF that comes in the place of a payroll file; its bytes are the body, streamed, and what is said of it stands, encoded, in `X-Note`. Answers 201 with { fileId }. */
export const POST = routeFor(["office", "employer"], z.object({ id: z.uuid() }), async (viewer, { id }, request) => {
  if (!request.body) throw new Invalid("upload-empty")
  const announced = Number(request.headers.get("content-length") ?? 0)
  const replaced = await replaceFile(viewer, { fileId: id, announced, note: noteIn(request.headers.get("x-note")), stream: request.body }, now())
  return Response.json(replaced, { status: 201, headers: { "Cache-Control": "private, no-store" } })
})

/** What was said with it; what is not written as it should be is not understood, and refused as such. */
function noteIn(header: string | null): string {
  try {
    return decodeURIComponent(header ?? "")
  } catch {
    throw new Invalid("note-odd")
  }
}
