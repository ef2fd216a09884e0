import { readAsViewer } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { filesOfDossier, type FilesOfYear } from "../files/files-of-dossier.ts"
import { sharedWithMe } from "../sharing/shared-with-me.ts"
import { overAllRoles, readFrame, type Frame } from "../parties/view-frame.ts"

/** The viewer's own dossier with the frame around it: the page most looked at, so asked of the database in one go. */
export type OwnDossier = { files: FilesOfYear; frame: Frame }

/** The viewer's own dossier, for one year; without a year, the newest that has something. */
export async function viewDossier(viewer: Viewer, input: { year: number | null }, now: Date): Promise<OwnDossier> {
  const { frame, ...own } = await readAsViewer(viewer, async (reader) => {
    const [files, shared, frame] = await Promise.all([filesOfDossier(reader, viewer, viewer.partyId, input.year, now), sharedWithMe(reader, viewer.accountId), readFrame(reader, viewer)])
    return { files: { ...files, own: [...files.own, ...shared] }, frame }
  })
  return { ...own, frame: await overAllRoles(viewer, frame) }
}
