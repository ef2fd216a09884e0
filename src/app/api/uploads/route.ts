import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { beginUpload } from "#domain/uploads/take-upload.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"
import { readCreation, speaksTus, tusAnswer } from "./tus.ts"

/** Begins an own file's upload by the tus protocol. Answers 201 with its address in Location. */
export const POST = speaksTus(routeFor(PARTY_KINDS, z.object({}), async (viewer, _input, request) => {
  const { id } = await beginUpload(viewer, readCreation(request.headers), now())
  return tusAnswer(201, { Location: `/api/uploads/${id}`, "Upload-Offset": "0" })
}))
