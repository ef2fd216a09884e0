import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { cancelUpload, takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"
import { assertVersion, readPatch, speaksTus, tusAnswer } from "../tus.ts"

const shape = z.object({ id: z.uuid() })

/** How far an upload is: Upload-Offset and Upload-Length. */
export const HEAD = speaksTus(routeFor(PARTY_KINDS, shape, async (viewer, { id }, request) => {
  const { offset, length } = await viewUpload(viewer, { uploadId: id }, now())
  assertVersion(request.headers)
  return tusAnswer(200, { "Upload-Offset": String(offset), "Upload-Length": String(length) })
}))

/** Takes in bytes from Upload-Offset on, as far as they come. Another's upload is not there, however it is asked. */
export const PATCH = speaksTus(routeFor(PARTY_KINDS, shape, async (viewer, { id }, request) => {
  await viewUpload(viewer, { uploadId: id }, now())
  const from = readPatch(request.headers)
  const { offset } = await takeBytes(viewer, { uploadId: id, ...from, stream: request.body ?? new Blob([]).stream() }, now())
  return tusAnswer(204, { "Upload-Offset": String(offset) })
}))

/** Takes an upload away. */
export const DELETE = speaksTus(routeFor(PARTY_KINDS, shape, async (viewer, { id }) => {
  await cancelUpload(viewer, { uploadId: id }, now())
  return tusAnswer(204)
}))
