import { asViewer } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { enqueue } from "#platform/queue.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { mediaTypeOf } from "#policy/media-type.ts"
import { maxUploadBytes, maxUploads } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { keysToWrite } from "../dossiers/dossier-key.ts"
import { dropBytes, keepStream } from "../files/keep-bytes.ts"
import { holdDelivery } from "./own-delivery.ts"
import { assertMediaType, toldColumns, type ToldDocument } from "./told-document.ts"
import { findUploads, insertUpload } from "./upload-repository.ts"

/**
 * `announced` is the size in bytes that the sender says it has, where it says so; `told` what a package says that it is. `uploadId` is the id to give it, for
 * who may have to send it again: the same bytes under the same id are taken in once. `readBefore`: by then the caller will have read it itself.
 */
export type ReceiveUploadInput = { deliveryId: string; name: string; announced?: number; stream: ReadableStream<Uint8Array>; told?: ToldDocument | null; uploadId?: string; readBefore?: Date }

/**
 * Takes in one file of a delivery, encrypted as it streams, and leaves a job to read it. Invalid "upload-not-supported" when its bytes are
 * no PDF or XML, "upload-empty", "upload-too-large" (before the first byte where it is announced), "upload-broken-off" when its sender goes
 * away, and what toldColumns refuses; Conflict "upload-twice" when the same bytes are in the delivery already, "storage-full" when there is no room.
 */
export async function receiveUpload(viewer: Viewer, input: ReceiveUploadInput): Promise<{ uploadId: string }> {
  const { recipient, told } = await asViewer(viewer, async (tx) => {
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["draft"])
    const keys = await keysToWrite(tx, [delivery.employerId])
    return { recipient: keys.get(delivery.employerId)?.recipient ?? "", told: input.told ? await toldColumns(tx, delivery.employerId, input.told) : null }
  })
  if ((input.announced ?? 0) > maxUploadBytes) throw new Invalid("upload-too-large", { megabytes: maxUploadBytes / 1e6 })
  let mediaType = ""
  const kept = await keepStream(recipient, input.stream, maxUploadBytes, (head) => {
    if (head.length === 0) throw new Invalid("upload-empty")
    mediaType = mediaTypeOf(head) ?? ""
    if (!mediaType) throw new Invalid("upload-not-supported")
    if (input.told) assertMediaType(input.told.kind, mediaType)
  })
  const uploadId = input.uploadId ?? newId()
  try {
    await asViewer(viewer, async (tx) => {
      await holdDelivery(tx, viewer, input.deliveryId, ["draft"])
      const others = await findUploads(tx, input.deliveryId)
      const known = others.find((other) => other.id === uploadId)
      if (known && Buffer.from(known.sha256).equals(kept.sha256)) return await dropBytes(kept.storageKey)
      if (others.length >= maxUploads) throw new Conflict("delivery-full", { files: maxUploads })
      if (others.some((other) => Buffer.from(other.sha256).equals(kept.sha256))) throw new Conflict("upload-twice")
      await insertUpload(tx, { id: uploadId, deliveryId: input.deliveryId, name: cleanFileName(input.name), mediaType, ...kept, ...told })
      await recordEvents(tx, [{ chainId: input.deliveryId, kind: "delivery.file-received", subjectId: uploadId, details: { bytes: kept.size } }])
      await enqueue(tx, "read-upload", [{ uploadId }], input.readBefore)
    })
  } catch (error) {
    await dropBytes(kept.storageKey)
    throw error
  }
  return { uploadId }
}
