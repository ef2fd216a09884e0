import { asViewer } from "#platform/database.ts"
import { paintPage, PdfRefused } from "#platform/pdf.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keyToRead } from "../dossiers/dossier-key.ts"
import { readStream, type ReadingKey } from "../files/keep-bytes.ts"
import { openFile } from "../files/open-file.ts"
import { findDelivery } from "./delivery-repository.ts"
import { findItem, type ItemRow } from "./item-repository.ts"
import { isOwn } from "./own-delivery.ts"

/** One page (from 1) of a document of the viewer's delivery, painted as PNG, `width` pixels wide. NotFound for what is not a PDF or out of sight; Invalid when it cannot be painted. */
export async function paintItem(viewer: Viewer, input: { itemId: string; page: number; width: number }): Promise<Uint8Array> {
  const opened = await openItem(viewer, input.itemId)
  const { item } = opened
  if (item.mediaType !== "application/pdf" || input.page > Math.max(1, item.pages.length)) throw new NotFound()
  const bytes = new Uint8Array(await new Response(await streamOf(viewer, opened)).arrayBuffer())
  return paintPage(bytes, input.page, input.width).catch((error: unknown) => {
    throw error instanceof PdfRefused ? new Invalid(error.code) : error
  })
}

/** A document as it will be sent, with what its name is made of. */
export type ItemContent = Pick<ItemRow, "kind" | "year" | "period" | "periodKind" | "mediaType" | "size"> & { stream: ReadableStream<Uint8Array> }

/** A document of the viewer's delivery, as it will be sent. NotFound when it is out of sight, or not of `deliveryId` where that is told. */
export async function readItem(viewer: Viewer, input: { itemId: string; deliveryId?: string }): Promise<ItemContent> {
  const opened = await openItem(viewer, input.itemId)
  const { item } = opened
  if (input.deliveryId && item.deliveryId !== input.deliveryId) throw new NotFound()
  const { kind, year, period, periodKind, mediaType, size } = item
  return { kind, year, period, periodKind, mediaType, size, stream: await streamOf(viewer, opened) }
}

type OpenedItem = { item: ItemRow; isOfViewer: boolean; key: ReadingKey }

async function openItem(viewer: Viewer, itemId: string): Promise<OpenedItem> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => {
    const item = await findItem(tx, itemId)
    const delivery = item && (await findDelivery(tx, item.deliveryId))
    if (!delivery) throw new NotFound()
    return { item, isOfViewer: isOwn(viewer, delivery), key: await keyToRead(tx, item.dossierId) }
  })
}

/** Once it was sent, whoever it was laid before opens the file that came of it, and counts as who opened that. */
async function streamOf(viewer: Viewer, { item, isOfViewer, key }: OpenedItem): Promise<ReadableStream<Uint8Array>> {
  if (isOfViewer || item.fileId === null) return readStream(key, item.storageKey)
  return (await openFile(viewer, { fileId: item.fileId, how: "view", range: { first: 0, last: null } })).stream
}
