import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { Invalid } from "#policy/errors.ts"

/** Takes in one file of a delivery: its bytes are the body, streamed, and its name stands percent-encoded in X-File-Name. Answers 201 with { uploadId }. */
export const POST = routeFor(["office", "employer"], z.object({ id: z.uuid() }), async (viewer, { id }, request) => {
  if (!request.body) throw new Invalid("upload-empty")
  const name = readName(request.headers.get("x-file-name") ?? "")
  const announced = Number(request.headers.get("content-length") ?? 0)
  const received = await receiveUpload(viewer, { deliveryId: id, name, announced, stream: request.body })
  return Response.json(received, { status: 201, headers: { "Cache-Control": "private, no-store" } })
})

function readName(header: string): string {
  try {
    return decodeURIComponent(header)
  } catch {
    throw new Invalid("upload-name")
  }
}
