import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endShareRow, findFilesToShare } from "./share-repository.ts"

/**
 * "Stop met delen": ends a share and everything that was shared on from it, at once. By the owner of the file, or by who shared it on.
 * NotFound for anybody else; twice is harmless. Returns how many shares ended.
 */
export async function endShare(viewer: Viewer, input: { fileId: string; shareId: string }): Promise<{ ended: number }> {
  return asViewer(viewer, async (tx) => {
    const [file] = await findFilesToShare(tx, viewer.partyId, [input.fileId])
    if (!file) throw new NotFound()
    const ended = await endShareRow(tx, file.id, input.shareId)
    if (ended === null) throw new NotFound()
    if (ended > 0) await recordEvents(tx, [{ chainId: file.dossierId, kind: "file.share-ended", subjectId: file.id, details: { ended } }])
    return { ended }
  })
}
