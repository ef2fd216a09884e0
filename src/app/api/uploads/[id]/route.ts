import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { cancelUpload, takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { now } from "#platform/clock.ts"
import { Invalid } from "#policy/errors.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"
import { readPatch, tusAnswer } from "../tus.ts"

const shape = z.object({ id: z.uuid() })

/** How far an upload is: Upload-Offset and Upload-Length. */
export const HEAD = routeFor(PARTY_KINDS, shape, async (viewer, { id }) => {
  const { offset, length } = await viewUpload(viewer, { uploadId: id }, now())
  return tusAnswer(200, { "Upload-Offset": String(offset), "Upload-Length": String(length) })
})

/** Takes in bytes from Upload-Offset on, as far as they come. */
export const PATCH = routeFor(PARTY_KINDS, shape, async (viewer, { id }, request) => {
  const from = readPatch(request.headers)
  if (!from) {
    await viewUpload(viewer, { uploadId: id }, now())
    throw new Invalid("upload-offset")
  }
  const stream = request.body ?? new Blob([]).stream()
  const { offset } = await takeBytes(viewer, { uploadId: id, offset: from.offset, stream }, now())
  return tusAnswer(204, { "Upload-Offset": String(offset) })
})

/** Takes an upload away. */
export const DELETE = routeFor(PARTY_KINDS, shape, async (viewer, { id }) => {
  await cancelUpload(viewer, { uploadId: id }, now())
  return tusAnswer(204)
})
