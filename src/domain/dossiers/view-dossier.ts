import { asViewer, type Transaction } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { filesOfDossier, type FilesOfYear } from "../files/files-of-dossier.ts"
import { readFrame, type Frame } from "../parties/view-frame.ts"
import { findDossierOf } from "./dossier-repository.ts"

/** The viewer's own dossier with the frame around it: the page most looked at, so in one transaction. */
export type OwnDossier = { files: FilesOfYear; frame: Frame }

/** The viewer's own dossier, for one year; without a year, the newest that has something. */
export async function viewDossier(viewer: Viewer, input: { year: number | null }, now: Date): Promise<OwnDossier> {
  return asViewer(viewer, async (tx) => ({
    files: await readDossier(tx, viewer, viewer.partyId, input.year, now),
    frame: await readFrame(tx, viewer),
  }))
}

/** The dossier of any party as this viewer sees it. NotFound when the viewer cannot see that party's dossier. */
export async function readDossier(tx: Transaction, viewer: Viewer, ownerId: string, year: number | null, now: Date): Promise<FilesOfYear> {
  const dossier = await findDossierOf(tx, ownerId)
  if (!dossier) throw new NotFound()
  return filesOfDossier(tx, viewer, dossier.id, year, now)
}
