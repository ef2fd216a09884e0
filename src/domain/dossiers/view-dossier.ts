import { readAtOnce } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import type { Viewer } from "#policy/viewer.ts"
import { filesOfDossier, type FilesOfYear } from "../files/files-of-dossier.ts"
import { overAllRoles, readFrame, type Frame } from "../parties/view-frame.ts"
import { sharedWithMe } from "../sharing/shared-with-me.ts"

/** The viewer's own dossier with the frame around it: the page most looked at, so asked of the database in one go. `uploadLimit`: what one own file may weigh, in bytes. */
export type OwnDossier = { files: FilesOfYear; frame: Frame; uploadLimit: number }

/** The viewer's own dossier, for one year; without a year, the newest that has something. */
export async function viewDossier(viewer: Viewer, input: { year: number | null }, now: Date): Promise<OwnDossier> {
  const [files, shared, frame] = await readAtOnce(viewer, (reader) =>
    Promise.all([filesOfDossier(reader, viewer, viewer.partyId, input.year, now), sharedWithMe(reader, viewer.accountId), readFrame(reader, viewer)]),
  )
  return { files: { ...files, own: [...files.own, ...shared] }, frame: await overAllRoles(viewer, frame), uploadLimit: env().OWN_FILE_MB * 1e6 }
}
