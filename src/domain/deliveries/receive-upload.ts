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
import { findUploads, insertUpload } from "./upload-repository.ts"

/** `announced` is the size in bytes that the sender says it has, where it says so. */
export type ReceiveUploadInput = { deliveryId: string; name: string; announced?: number; stream: ReadableStream<Uint8Array> }

/**
 * Takes in one file of a delivery, encrypted as it streams, and leaves a job to read it. Invalid "upload-not-supported" when its bytes are
 * no PDF or XML, "upload-empty", "upload-too-large" (before the first byte where it is announced), "upload-broken-off" when its sender goes
 * away; Conflict "upload-twice" when the same bytes are in the delivery already, "storage-full" when there is no room.
 */
export async function receiveUpload(viewer: Viewer, input: ReceiveUploadInput): Promise<{ uploadId: string }> {
  const recipient = await asViewer(viewer, async (tx) => {
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["draft"])
    const keys = await keysToWrite(tx, [delivery.employerId])
    return keys.get(delivery.employerId)?.recipient ?? ""
  })
  if ((input.announced ?? 0) > maxUploadBytes) throw new Invalid("upload-too-large", { megabytes: maxUploadBytes / 1e6 })
  let mediaType = ""
  const kept = await keepStream(recipient, input.stream, maxUploadBytes, (head) => {
    if (head.length === 0) throw new Invalid("upload-empty")
    mediaType = mediaTypeOf(head) ?? ""
    if (!mediaType) throw new Invalid("upload-not-supported")
  })
  const uploadId = newId()
  try {
    await asViewer(viewer, async (tx) => {
      await holdDelivery(tx, viewer, input.deliveryId, ["draft"])
      const others = await findUploads(tx, input.deliveryId)
      if (others.length >= maxUploads) throw new Conflict("delivery-full", { files: maxUploads })
      if (others.some((other) => Buffer.from(other.sha256).equals(kept.sha256))) throw new Conflict("upload-twice")
      await insertUpload(tx, { id: uploadId, deliveryId: input.deliveryId, name: cleanFileName(input.name), mediaType, ...kept })
      await recordEvents(tx, [{ chainId: input.deliveryId, kind: "delivery.file-received", subjectId: uploadId, details: { bytes: kept.size } }])
      await enqueue(tx, "read-upload", [{ uploadId }])
    })
  } catch (error) {
    await dropBytes(kept.storageKey)
    throw error
  }
  return { uploadId }
}
