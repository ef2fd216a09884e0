import { asViewer, readAsViewer, type Transaction } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { keysToWrite } from "../dossiers/dossier-key.ts"
import { letterNameOf } from "../parties/view-frame.ts"
import { queueText } from "../search/queue-text.ts"
import { dropBytes, type KeptBytes } from "./keep-bytes.ts"
import { insertOwnFile, isPlaced } from "./own-file-repository.ts"

/** Where an own file of this viewer is written. NotFound when its party has no dossier. */
export async function ownDossier(viewer: Viewer): Promise<{ dossierId: string; recipient: string }> {
  const found = await asViewer(viewer, (tx) => keysToWrite(tx, [viewer.partyId]))
  const target = found.get(viewer.partyId)
  if (!target) throw new NotFound()
  return target
}

/** Whether an own file with this id is in sight. */
export async function isOwnFilePlaced(viewer: Viewer, fileId: string): Promise<boolean> {
  return readAsViewer(viewer, (reader) => isPlaced(reader, fileId))
}

/** An own file that is about to be placed. `id` is its upload's. */
export type FileToPlace = { id: string; name: string; mediaType: string; scannedAt: Date | null } & KeptBytes

/**
 * Gives kept bytes their row in the viewer's own dossier: an own file that its owner alone sees. `also` happens with it or not at all. The same id
 * twice is one file, and the bytes of the second are let go. Conflict "dossier-full" when the own files would weigh more than the setting allows,
 * also when two come at once.
 */
export async function placeKept(viewer: Viewer, file: FileToPlace, dossierId: string, also: (tx: Transaction) => Promise<void>, now: Date): Promise<void> {
  try {
    const outcome = await asViewer(viewer, async (tx) => {
      const senderName = await letterNameOf(tx, viewer)
      const done = await insertOwnFile(tx, { ...file, senderName, createdAt: now, grantId: newId() }, env().DOSSIER_MB * 1e6)
      if (done === "full") throw new Conflict("dossier-full", { megabytes: env().DOSSIER_MB })
      if (done === "nowhere") throw new NotFound()
      if (done === "placed") await recordEvents(tx, [{ chainId: dossierId, kind: "file.placed", subjectId: file.id, details: { kind: "own", scanned: file.scannedAt !== null } }])
      if (done === "placed") await queueText(tx, [file])
      await also(tx)
      return done
    })
    if (outcome === "again") await dropBytes(file.storageKey)
  } catch (error) {
    await dropBytes(file.storageKey)
    throw error
  }
}

/** Writes down that a scanner found something in what was to become an own file. */
export async function recordQuarantine(viewer: Viewer, dossierId: string, uploadId: string, finding: string): Promise<void> {
  await asViewer(viewer, (tx) => recordEvents(tx, [{ chainId: dossierId, kind: "file.quarantined", subjectId: uploadId, details: { finding } }]))
}
