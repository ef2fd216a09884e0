import { asViewer } from "#platform/database.ts"
import { paintPage } from "#platform/pdf.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keyToRead } from "../dossiers/dossier-key.ts"
import { readBytes, readStream } from "../files/keep-bytes.ts"
import { findItem } from "./item-repository.ts"

/** One page (from 1) of a document of the viewer's delivery, painted as PNG, `width` pixels wide. NotFound for what is not a PDF or out of sight. */
export async function paintItem(viewer: Viewer, input: { itemId: string; page: number; width: number }): Promise<Uint8Array> {
  const { item, key } = await openItem(viewer, input.itemId)
  if (item.mediaType !== "application/pdf" || input.page > Math.max(1, item.pages.length)) throw new NotFound()
  return paintPage(await readBytes(key, item.storageKey), input.page, input.width)
}

/** A document of the viewer's delivery, as it will be sent. */
export async function readItem(viewer: Viewer, input: { itemId: string }): Promise<{ stream: ReadableStream<Uint8Array>; mediaType: string; size: number }> {
  const { item, key } = await openItem(viewer, input.itemId)
  return { stream: await readStream(key, item.storageKey), mediaType: item.mediaType, size: item.size }
}

async function openItem(viewer: Viewer, itemId: string) {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => {
    const item = await findItem(tx, itemId)
    if (!item) throw new NotFound()
    return { item, key: await keyToRead(tx, item.dossierId) }
  })
}
