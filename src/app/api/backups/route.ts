import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { beginBackup } from "#domain/package-backups/begin-backup.ts"
import { now } from "#platform/clock.ts"
import { readCreation, readMetadata, speaksTus, tusAnswer } from "../uploads/tus.ts"

/**
 * Begins the upload of a back-up by the tus protocol. Upload-Metadata holds filename, year, sha256, description and, for an office, employer. Answers 201 with
 * where its bytes go in Location.
 */
export const POST = speaksTus(routeFor(["office", "employer"], z.object({}), async (viewer, _input, request) => {
  const { length, name } = readCreation(request.headers)
  const told = readMetadata(request.headers)
  const employerId = z.uuid().safeParse(told.get("employer")).data ?? null
  const { id } = await beginBackup(viewer, { employerId, length, name, year: Number(told.get("year")), sha256: told.get("sha256") ?? null, description: told.get("description") ?? "" }, now())
  return tusAnswer(201, { Location: `/api/backups/${id}/upload`, "Upload-Offset": "0" })
}))
