import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { recordEvents } from "../audit/record-event.ts"
import { queueText } from "../search/queue-text.ts"
import { insertFiles, type NewFile } from "./file-repository.ts"
import type { KeptBytes } from "./keep-bytes.ts"

/** A payroll file to place. `ownerId` is whose dossier it is; `audiences` see it too, because it was delivered through or for them. */
export type FileToPlace = KeptBytes & {
  id: string
  dossierId: string
  ownerId: string
  audiences: readonly string[]
  kind: string
  year: number | null
  period: number | null
  periodKind: string | null
  mediaType: string
}

export type Placing = { employerId: string; senderId: string; senderName: string; deliveryId: string | null; accountId: string; at: Date }

/** Places payroll files in their dossiers: rows, grants and events, all in the transaction of the caller. Their bytes are kept already. */
export async function placeFiles(tx: Transaction, files: readonly FileToPlace[], placing: Placing): Promise<void> {
  const { employerId, senderId, senderName, deliveryId, accountId, at } = placing
  const rows = files.map(({ ownerId: _owner, audiences: _audiences, ...file }): NewFile => ({
    ...file,
    origin: "payroll",
    name: null,
    employerId,
    senderId,
    senderName,
    deliveryId,
    createdAt: at,
  }))
  const grants = files.flatMap((file) =>
    [file.ownerId, ...file.audiences.filter((id) => id !== file.ownerId)].map((audienceId) => ({
      id: newId(),
      fileId: file.id,
      audienceId,
      employerId,
      reason: audienceId === file.ownerId ? ("placed" as const) : ("delivered" as const),
      givenBy: accountId,
      startsAt: at,
    })),
  )
  await insertFiles(tx, rows, grants)
  await queueText(tx, rows)
  const event = { kind: "file.placed", accountId, partyId: senderId } as const
  await recordEvents(tx, files.map((file) => ({ ...event, chainId: file.dossierId, subjectId: file.id, details: { kind: file.kind } })))
}
