import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { removeBackup } from "#domain/package-backups/change-backup.ts"
import { takeBackup, viewBackupProgress } from "#domain/package-backups/take-backup.ts"
import { viewBackup } from "#domain/package-backups/view-backups.ts"
import { now } from "#platform/clock.ts"
import { assertVersion, readPatch, speaksTus, tusAnswer } from "../../../uploads/tus.ts"

const kinds = ["office", "employer"] as const
const shape = z.object({ id: z.uuid() })

/** How a back-up stands that is coming in: its state, and why it was refused. */
export const GET = routeFor(kinds, shape, async (viewer, { id }) => {
  const { state, refusal } = await viewBackup(viewer, { backupId: id })
  return Response.json({ state, refusal }, { headers: { "Cache-Control": "private, no-store" } })
})

/** How far it is: Upload-Offset and Upload-Length. */
export const HEAD = speaksTus(routeFor(kinds, shape, async (viewer, { id }, request) => {
  const { offset, length } = await viewBackupProgress(viewer, { backupId: id }, now())
  assertVersion(request.headers)
  return tusAnswer(200, { "Upload-Offset": String(offset), "Upload-Length": String(length) })
}))

/** Takes in bytes from Upload-Offset on, as far as they come. Another's back-up is not there, however it is asked. */
export const PATCH = speaksTus(routeFor(kinds, shape, async (viewer, { id }, request) => {
  await viewBackupProgress(viewer, { backupId: id }, now())
  const from = readPatch(request.headers)
  const { offset } = await takeBackup(viewer, { backupId: id, ...from, stream: request.body ?? new Blob([]).stream() }, now())
  return tusAnswer(204, { "Upload-Offset": String(offset) })
}))

/** Stops it, and takes away what came in. */
export const DELETE = speaksTus(routeFor(kinds, shape, async (viewer, { id }) => {
  await removeBackup(viewer, { backupId: id })
  return tusAnswer(204)
}))
