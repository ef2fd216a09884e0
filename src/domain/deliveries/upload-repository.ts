import type { Transaction } from "#platform/database.ts"

/** What a package told of a file (told-document.ts); all empty where it has to be recognised. */
export type ToldColumns = { toldKind: string | null; toldYear: number | null; toldPeriod: number | null; toldPeriodKind: string | null; toldEmployeeId: string | null }

export type UploadRow = {
  id: string
  deliveryId: string
  name: string
  mediaType: string
  size: number
  sha256: Uint8Array
  storageKey: string
  state: "received" | "read" | "refused"
  refusal: string | null
  pages: number | null
} & ToldColumns

const columns = {
  id: true, deliveryId: true, name: true, mediaType: true, size: true, sha256: true, storageKey: true, state: true, refusal: true, pages: true,
  toldKind: true, toldYear: true, toldPeriod: true, toldPeriodKind: true, toldEmployeeId: true,
} as const

/** Adds a file as it was dropped. */
export async function insertUpload(tx: Transaction, upload: Omit<UploadRow, "state" | "refusal" | "pages" | "sha256" | keyof ToldColumns> & Partial<ToldColumns> & { sha256: Uint8Array<ArrayBuffer> }): Promise<void> {
  await tx.deliveryUpload.createMany({ data: [upload] })
}

/** One file as it was dropped. With `hold` nobody else changes it until the transaction ends. */
export async function findUpload(tx: Transaction, id: string, hold = false): Promise<UploadRow | null> {
  if (hold) await tx.$queryRaw`select id from delivery_upload where id = ${id}::uuid for update`
  return tx.deliveryUpload.findUnique({ where: { id }, select: columns })
}

/** The files of a delivery in the order they came. */
export async function findUploads(tx: Transaction, deliveryId: string): Promise<UploadRow[]> {
  return tx.deliveryUpload.findMany({ where: { deliveryId }, select: columns, orderBy: { id: "asc" } })
}

/** Writes down how reading a file went. */
export async function updateUpload(tx: Transaction, id: string, outcome: { state: "read"; pages: number | null } | { state: "refused"; refusal: string }): Promise<void> {
  await tx.deliveryUpload.updateMany({ where: { id, state: "received" }, data: outcome })
}

/** Takes a file, with the items that came from it, out of its delivery. */
export async function deleteUpload(tx: Transaction, id: string): Promise<void> {
  await tx.deliveryUpload.deleteMany({ where: { id } })
}

/** Which of these storage keys uploads name. */
export async function findUploadKeys(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.deliveryUpload.findMany({ where: { storageKey: { in: [...keys] } }, select: { storageKey: true } })
  return rows.map((row) => row.storageKey)
}
