import type { Viewer } from "#policy/viewer.ts"
import type { SentDocument } from "./place-month.ts"
import { receiveUpload } from "./receive-upload.ts"
import { removeUpload } from "./remove-from-delivery.ts"

/** Takes in several files of a delivery as receiveUpload does, all of them or none: what came before one that is refused is taken out again. */
export async function receiveTogether(viewer: Viewer, input: { deliveryId: string; documents: AsyncIterable<SentDocument> }): Promise<void> {
  const { deliveryId, documents } = input
  const received: string[] = []
  try {
    for await (const document of documents) received.push((await receiveUpload(viewer, { deliveryId, ...document })).uploadId)
  } catch (error) {
    for (const uploadId of received) await removeUpload(viewer, { uploadId, deliveryId })
    throw error
  }
}
