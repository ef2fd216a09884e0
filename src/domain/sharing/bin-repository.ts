import type { Reader, Transaction } from "#platform/database.ts"

export type BinRow = { id: string; dossierId: string; name: string | null; mediaType: string; size: number; binnedAt: Date }

/** The viewer's own bin, newest first. */
export async function findBin(reader: Reader): Promise<BinRow[]> {
  return reader.$queryRaw<BinRow[]>`
    select id, dossier_id as "dossierId", name, media_type as "mediaType", size, binned_at as "binnedAt" from own_bin()`
}

/** Puts own files in the bin; returns those that were not there yet. */
export async function binRows(reader: Reader, fileIds: readonly string[]): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`select bin_files as id from bin_files(${[...fileIds]}::uuid[])`
  return rows.map((row) => row.id)
}

/** Takes files out of the viewer's bin; returns those that were in it. */
export async function restoreRows(reader: Reader, fileIds: readonly string[]): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`select restore_files as id from restore_files(${[...fileIds]}::uuid[])`
  return rows.map((row) => row.id)
}

export type RemovedFile = { id: string; dossierId: string; storageKey: string }

/** Removes files that were put in the bin before a moment, with their grants and read marks; at most `limit`. As the system only. */
export async function deleteBinned(tx: Transaction, before: Date, limit: number): Promise<RemovedFile[]> {
  const files = await tx.$queryRaw<RemovedFile[]>`
    select id, dossier_id as "dossierId", storage_key as "storageKey" from dossier_file
    where binned_at < ${before}::timestamptz order by id limit ${limit} for update skip locked`
  const ids = files.map((file) => file.id)
  await tx.fileRead.deleteMany({ where: { fileId: { in: ids } } })
  await tx.grant.deleteMany({ where: { fileId: { in: ids }, parentId: { not: null } } })
  await tx.grant.deleteMany({ where: { fileId: { in: ids } } })
  await tx.dossierFile.deleteMany({ where: { id: { in: ids } } })
  return files
}
