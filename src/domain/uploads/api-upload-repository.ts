import type { Reader, Transaction } from "#platform/database.ts"
import type { Removed, Upload } from "./own-upload-repository.ts"

/** A file that a program is sending; `usedBy` the request that made it part of a delivery. */
export type ApiUpload = Upload & { usedBy: string | null }

/** Lets those who begin uploads with one key wait for each other; how many it began after `alive` that are in no delivery yet, and their weight in bytes. */
export async function holdUploadsOf(tx: Transaction, keyId: string, alive: Date): Promise<{ count: number; bytes: number }> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`api-uploads:${keyId}`}, 0))::text`
  const { _count: count, _sum } = await tx.apiUpload.aggregate({ where: { beganAt: { gt: alive }, usedBy: null }, _count: true, _sum: { length: true } })
  return { count, bytes: _sum.length ?? 0 }
}

/** Begins an upload. */
export async function insertApiUpload(tx: Transaction, upload: { id: string; keyId: string; partyId: string; name: string; length: number; beganAt: Date }): Promise<void> {
  await tx.apiUpload.createMany({ data: [upload] })
}

/** An upload in sight that was begun after `alive`. */
export async function findApiUpload(reader: Reader, id: string, alive: Date): Promise<ApiUpload | null> {
  const [row] = await reader.$queryRaw<ApiUpload[]>`
    select id, name, length, received, piece_ids as "pieceIds", piece_sizes as "pieceSizes", used_by as "usedBy"
    from api_upload where id = ${id}::uuid and began_at > ${alive}::timestamptz`
  return row ?? null
}

/** Counts a piece that is safe, when the upload is still as far as `received` and in no delivery. False when it is not, or gone: the piece counts for nothing. */
export async function insertApiPiece(tx: Transaction, upload: Pick<Upload, "id" | "received">, piece: { id: string; size: number }): Promise<boolean> {
  const changed = { received: { increment: piece.size }, pieceIds: { push: piece.id }, pieceSizes: { push: piece.size } }
  return (await tx.apiUpload.updateMany({ where: { id: upload.id, received: upload.received, usedBy: null }, data: changed })).count === 1
}

/** Notes which request these uploads became part of a delivery by. */
export async function updateUsed(tx: Transaction, ids: readonly string[], usedBy: string): Promise<void> {
  await tx.apiUpload.updateMany({ where: { id: { in: [...ids] } }, data: { usedBy } })
}

/** Removes one upload in sight that is in no delivery, or (`before`) those in sight that are and began before; their pieces are left to who asks. */
export async function deleteApiUploads(tx: Transaction, which: { id: string } | { usedBefore: Date }): Promise<Removed[]> {
  const where = "id" in which ? { id: which.id, usedBy: null } : { usedBy: { not: null }, beganAt: { lt: which.usedBefore } }
  const found = await tx.apiUpload.findMany({ where, select: { id: true, pieceIds: true } })
  await tx.apiUpload.deleteMany({ where: { id: { in: found.map(({ id }) => id) } } })
  return found
}

/** Removes uploads that began before a moment, at most `limit`; their pieces are left to who asks. As the system only. */
export async function deleteAbandonedOfKeys(reader: Reader, before: Date, limit: number): Promise<Removed[]> {
  return reader.$queryRaw<Removed[]>`
    delete from api_upload where id in (select id from api_upload where began_at <= ${before}::timestamptz order by began_at limit ${limit}::int for update skip locked)
    returning id, piece_ids as "pieceIds"`
}
