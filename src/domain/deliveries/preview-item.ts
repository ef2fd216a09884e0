import { asViewer } from "#platform/database.ts"
import { paintPage, PdfRefused } from "#platform/pdf.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keyToRead } from "../dossiers/dossier-key.ts"
import { readBytes, readStream } from "../files/keep-bytes.ts"
import { findItem, type ItemRow } from "./item-repository.ts"

/** One page (from 1) of a document of the viewer's delivery, painted as PNG, `width` pixels wide. NotFound for what is not a PDF or out of sight; Invalid when it cannot be painted. */
export async function paintItem(viewer: Viewer, input: { itemId: string; page: number; width: number }): Promise<Uint8Array> {
  const { item, key } = await openItem(viewer, input.itemId)
  if (item.mediaType !== "application/pdf" || input.page > Math.max(1, item.pages.length)) throw new NotFound()
  const bytes = await readBytes(key, item.storageKey)
  return paintPage(bytes, input.page, input.width).catch((error: unknown) => {
    throw error instanceof PdfRefused ? new Invalid(error.code) : error
  })
}

/** A document as it will be sent, with what its name is made of. */
export type ItemContent = Pick<ItemRow, "kind" | "year" | "period" | "periodKind" | "mediaType" | "size"> & { stream: ReadableStream<Uint8Array> }

/** A document of the viewer's delivery, as it will be sent. NotFound when it is out of sight, or not of `deliveryId` where that is told. */
export async function readItem(viewer: Viewer, input: { itemId: string; deliveryId?: string }): Promise<ItemContent> {
  const { item, key } = await openItem(viewer, input.itemId)
  if (input.deliveryId && item.deliveryId !== input.deliveryId) throw new NotFound()
  const { kind, year, period, periodKind, mediaType, size } = item
  return { kind, year, period, periodKind, mediaType, size, stream: await readStream(key, item.storageKey) }
}

async function openItem(viewer: Viewer, itemId: string) {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => {
    const item = await findItem(tx, itemId)
    if (!item) throw new NotFound()
    return { item, key: await keyToRead(tx, item.dossierId) }
  })
}
