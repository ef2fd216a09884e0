import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { cleanFileName } from "#policy/file-name.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { keysToWrite } from "../dossiers/dossier-key.ts"
import { queueText } from "../search/queue-text.ts"
import { insertFiles } from "./file-repository.ts"
import { keepBytes } from "./keep-bytes.ts"
import { markRead } from "./mark-read.ts"

/** An own file of a viewer, whose party is called `ownerName`, shared with one other party or with nobody. */
export type OwnFileToPlace = { viewer: Viewer; ownerName: string; employerId: string | null; name: string; mediaType: string; bytes: Uint8Array; shareWith: string | null }

/** Places an own file in the dossier of its owner, read already by who placed it. Only for demo data: uploading in the portal comes with its own use case. */
export async function placeOwnFile(file: OwnFileToPlace, now: Date): Promise<void> {
  const { accountId, partyId: ownerId } = file.viewer
  const target = (await keysToWrite(asSystemOnce("demo"), [ownerId])).get(ownerId)
  const kept = await keepBytes(target?.recipient ?? "", file.bytes)
  const id = newId()
  const grant = { fileId: id, employerId: file.employerId, givenBy: accountId, startsAt: now }
  const grants = [{ ...grant, id: newId(), audienceId: ownerId, reason: "placed" as const }]
  const shares = file.shareWith ? [{ ...grant, id: newId(), audienceId: file.shareWith, reason: "shared" as const }] : []
  const row = { origin: "own" as const, kind: "other", year: null, period: null, periodKind: null, deliveryId: null, createdAt: now }
  const about = { id, dossierId: target?.dossierId ?? "", employerId: file.employerId, name: cleanFileName(file.name), mediaType: file.mediaType }
  await asSystem("demo", async (tx) => {
    await insertFiles(tx, [{ ...row, ...about, ...kept, senderId: ownerId, senderName: file.ownerName }], [...grants, ...shares])
    await queueText(tx, [about])
    await markRead(tx, accountId, [id], now)
    await recordEvents(tx, [{ chainId: about.dossierId, kind: "file.placed", accountId, partyId: ownerId, subjectId: id }])
  })
}
