import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { deleteDelivery } from "./delivery-repository.ts"
import { deleteItem } from "./item-repository.ts"
import { holdDelivery, holdItem } from "./own-delivery.ts"
import { deleteUpload, findUpload } from "./upload-repository.ts"

/** Takes one document out of a delivery that was not sent yet. NotFound when out of sight or not of `deliveryId` where that is told, so twice is NotFound too. */
export async function removeItem(viewer: Viewer, input: { itemId: string; deliveryId?: string }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const { item } = await holdItem(tx, viewer, input.itemId, ["draft", "staged"])
    if (input.deliveryId && item.deliveryId !== input.deliveryId) throw new NotFound()
    await deleteItem(tx, item.id)
    await recordEvents(tx, [{ chainId: item.deliveryId, kind: "delivery.item-removed", subjectId: item.id }])
  })
}

/** Takes one file, with every document that came from it, out of a delivery that was not sent yet. */
export async function removeUpload(viewer: Viewer, input: { uploadId: string; deliveryId?: string }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const upload = await findUpload(tx, input.uploadId)
    if (!upload || (input.deliveryId && upload.deliveryId !== input.deliveryId)) throw new NotFound()
    await holdDelivery(tx, viewer, upload.deliveryId, ["draft", "staged"])
    if (!(await findUpload(tx, upload.id))) throw new NotFound()
    await deleteUpload(tx, upload.id)
    await recordEvents(tx, [{ chainId: upload.deliveryId, kind: "delivery.file-removed", subjectId: upload.id }])
  })
}

/** Throws away a delivery that was not sent yet. */
export async function removeDelivery(viewer: Viewer, input: { deliveryId: string }): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const delivery = await holdDelivery(tx, viewer, input.deliveryId, ["draft", "staged"])
    await deleteDelivery(tx, delivery.id)
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.removed", subjectId: delivery.id }])
  })
}
