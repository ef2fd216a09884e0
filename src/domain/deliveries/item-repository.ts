import type { Transaction } from "#platform/database.ts"
import { insertRows, type FieldTypes } from "#platform/insert-rows.ts"

export type ItemRow = {
  id: string
  deliveryId: string
  uploadId: string
  position: number
  kind: string
  year: number | null
  period: number | null
  periodKind: string | null
  employeeId: string | null
  pages: number[]
  parked: string | null
  evidence: string[]
  /** As compareTold found it. */
  mismatch: string | null
  clues: string[]
  mediaType: string
  size: number
  sha256: Uint8Array<ArrayBuffer>
  storageKey: string
  dossierId: string
  fileId: string | null
}

/** A document as it is found in a file. */
export type NewItem = Omit<ItemRow, "fileId">

const columns = {
  id: true, deliveryId: true, uploadId: true, position: true, kind: true, year: true, period: true, periodKind: true, employeeId: true,
  pages: true, parked: true, evidence: true, mismatch: true, clues: true, mediaType: true, size: true, sha256: true, storageKey: true, dossierId: true, fileId: true,
} as const

const types: FieldTypes<NewItem> = {
  id: "uuid", deliveryId: "uuid", uploadId: "uuid", position: "int", kind: "text", year: "int", period: "int", periodKind: "text", employeeId: "uuid",
  pages: "int[]", parked: "text", evidence: "text[]", mismatch: "text", clues: "text[]", mediaType: "text", size: "int", sha256: "bytea", storageKey: "text", dossierId: "uuid",
}

/** Adds the documents that were found in a file. */
export async function insertItems(tx: Transaction, items: readonly NewItem[]): Promise<void> {
  await insertRows(tx, "delivery_item", types, items)
}

/** One document of a delivery. */
export async function findItem(tx: Transaction, id: string): Promise<ItemRow | null> {
  return tx.deliveryItem.findUnique({ where: { id }, select: columns })
}

/** The documents of a delivery, in the order of their files and pages. */
export async function findItems(tx: Transaction, deliveryId: string): Promise<ItemRow[]> {
  return tx.deliveryItem.findMany({ where: { deliveryId }, select: columns, orderBy: [{ uploadId: "asc" }, { position: "asc" }] })
}

/** Changes whose or what a document is. */
export async function updateItem(tx: Transaction, id: string, changed: Partial<Omit<ItemRow, "id" | "deliveryId" | "uploadId" | "position">>): Promise<void> {
  await tx.deliveryItem.updateMany({ where: { id }, data: changed })
}

/** Takes a document out of its delivery. */
export async function deleteItem(tx: Transaction, id: string): Promise<void> {
  await tx.deliveryItem.deleteMany({ where: { id } })
}

/** Notes which files the documents of a delivery became. */
export async function linkItemsToFiles(tx: Transaction, links: readonly { id: string; fileId: string }[]): Promise<void> {
  const rows = JSON.stringify(links)
  await tx.$executeRaw`
    update delivery_item i set file_id = l."fileId"
    from jsonb_to_recordset(${rows}::jsonb) as l(id uuid, "fileId" uuid) where l.id = i.id`
}

/** Which of these storage keys documents name. */
export async function findItemKeys(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.deliveryItem.findMany({ where: { storageKey: { in: [...keys] } }, select: { storageKey: true } })
  return rows.map((row) => row.storageKey)
}

/** How many pages the payslips of these people mostly have, of the last twelve that were sent to each and that the viewer delivered; whoever has none is not in it. */
export async function findUsualPages(tx: Transaction, employeeIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ employeeId: string; pages: number }[]>`
    select w.id as "employeeId", mode() within group (order by cardinality(i.pages)) as pages
    from unnest(${[...new Set(employeeIds)]}::uuid[]) as w (id)
      cross join lateral (
        select pages from delivery_item where employee_id = w.id and kind = 'payslip' and file_id is not null order by id desc limit 12
      ) i
    group by w.id`
  return new Map(rows.map((row) => [row.employeeId, row.pages]))
}
