import { asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { mediaTypeOf } from "#policy/media-type.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { keptNote } from "#policy/sender-note.ts"
import { maxUploadBytes } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { keysToWrite } from "../dossiers/dossier-key.ts"
import { queueText } from "../search/queue-text.ts"
import { findFile, type FileWithOwner } from "./file-repository.ts"
import { dropBytes, keepStream, type KeptBytes } from "./keep-bytes.ts"
import { replaceFileRow } from "./recall-repository.ts"

/** `announced` is the size in bytes that the sender says it has; `note` what it says of it, as keptNote takes it. */
export type ReplaceFileInput = { fileId: string; announced?: number; note?: string; stream: ReadableStream<Uint8Array> }

/**
 * "Vervang": a PDF comes in the place of a payroll file, for whoever sees that one; they are told that something is there, and the old version is over.
 * Returns the new one's id. NotFound for who does not see it, Forbidden for who did not send it, Conflict "file-withdrawn" or "file-replaced" when somebody
 * came first, Invalid "replace-pdf" when one of the two is no PDF; else as a file of a delivery is refused. Nothing is kept of what was refused.
 */
export async function replaceFile(viewer: Viewer, { fileId, announced = 0, note = "", stream }: ReplaceFileInput, now: Date): Promise<{ fileId: string }> {
  assertMayChange(viewer)
  const said = keptNote(note)
  const recipient = await asViewer(viewer, async (tx) => {
    const { ownerId } = await sentFile(tx, viewer, fileId)
    return ownerId === null ? "" : ((await keysToWrite(tx, [ownerId])).get(ownerId)?.recipient ?? "")
  })
  if (announced > maxUploadBytes) throw new Invalid("upload-too-large", { megabytes: maxUploadBytes / 1e6 })
  const kept = await keepStream(recipient, stream, maxUploadBytes, (head) => {
    if (head.length === 0) throw new Invalid("upload-empty")
    if (mediaTypeOf(head) !== "application/pdf") throw new Invalid("replace-pdf")
  })
  const next = { id: newId(), note: said, ...kept }
  try {
    await asViewer(viewer, (tx) => place(tx, viewer, fileId, next, now))
  } catch (error) {
    await dropBytes(kept.storageKey)
    throw error
  }
  return { fileId: next.id }
}

async function sentFile(tx: Transaction, viewer: Viewer, fileId: string): Promise<FileWithOwner> {
  const file = await findFile(tx, fileId, viewer.accountId)
  if (!file) throw new NotFound()
  if (file.origin !== "payroll" || file.senderId !== viewer.partyId) throw new Forbidden()
  return file
}

async function place(tx: Transaction, viewer: Viewer, fileId: string, next: KeptBytes & { id: string; note: string | null }, now: Date): Promise<void> {
  const outcome = await replaceFileRow(tx, fileId, next, now)
  if (outcome === null) throw new NotFound()
  if (outcome === "refused") throw new Forbidden()
  if (outcome === "withdrawn" || outcome === "replaced") throw new Conflict(`file-${outcome}`)
  if (outcome === "not-a-pdf") throw new Invalid("replace-pdf")
  const { dossierId, kind } = await sentFile(tx, viewer, fileId)
  await recordEvents(tx, [
    { chainId: dossierId, kind: "file.placed", subjectId: next.id, details: { kind } },
    { chainId: dossierId, kind: "file.replaced", subjectId: fileId },
  ])
  await queueText(tx, [{ id: next.id, mediaType: "application/pdf" }])
  await enqueue(tx, "tell-of-recall", [{ fileId: next.id, what: "file-replaced" }])
}
