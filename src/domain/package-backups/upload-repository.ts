import type { Transaction } from "#platform/database.ts"
import type { BackupRow, Removed } from "./backup-repository.ts"
import { deleteBackups } from "./backup-repository.ts"

export type NewBackup = Pick<BackupRow, "id" | "audienceId" | "employerId" | "year" | "name" | "description" | "length" | "beganBy" | "beganAt"> & { beganByName: string; sha256: Uint8Array<ArrayBuffer> | null }

/** Begins an upload; one that stands already under this id stays as it is. */
export async function insertBackup(tx: Transaction, backup: NewBackup): Promise<void> {
  await tx.packageBackup.createMany({ data: [backup], skipDuplicates: true })
}

/** How many uploads of one engagement or employer were begun after a moment and are not whole. */
export async function countComing(tx: Transaction, audienceId: string, after: Date): Promise<number> {
  return tx.packageBackup.count({ where: { audienceId, state: "coming", beganAt: { gt: after } } })
}

/** Counts a piece that is safe, when the upload is still as far as `received`: "more" or "whole". Null when it is not, or gone: the piece counts for nothing. */
export async function insertPiece(tx: Transaction, { id, received }: { id: string; received: number }, piece: { id: string; size: number }): Promise<"more" | "whole" | null> {
  const [row] = await tx.$queryRaw<{ state: string }[]>`
    update package_backup set received = received + ${piece.size}::int, state = case when received + ${piece.size}::int = length then 'checking' else state end
    where id = ${id}::uuid and received = ${received}::bigint and state = 'coming' returning state`
  if (!row) return null
  await tx.packageBackupPiece.createMany({ data: [{ ...piece, backupId: id, startsAt: received }] })
  return row.state === "checking" ? "whole" : "more"
}

/** What came in is all there is: its length becomes that, and it is whole. False when nothing came, or it was whole already. */
export async function closeLength(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    update package_backup set length = received, state = 'checking' where id = ${id}::uuid and received > 0 and state = 'coming' returning id`
  return rows.length === 1
}

/** Notes that what came in is not what was said, and lets go of its pieces, whose bytes are left to who asks. As the system. */
export async function refuseBackup(tx: Transaction, id: string, refusal: string): Promise<Removed | undefined> {
  const { count } = await tx.packageBackup.updateMany({ where: { id, state: "checking" }, data: { state: "refused", refusal } })
  if (count === 0) return undefined
  const pieces = await tx.$queryRaw<{ id: string }[]>`delete from package_backup_piece where backup_id = ${id}::uuid returning id`
  return { id, pieceIds: pieces.map((piece) => piece.id) }
}

/** Removes uploads that began before a moment and came to nothing, at most `limit`; their bytes are left to who asks. As the system. */
export async function deleteAbandoned(tx: Transaction, before: Date, limit: number): Promise<Removed[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from package_backup where state in ('coming', 'refused') and began_at <= ${before}::timestamptz order by began_at limit ${limit}::int for update skip locked`
  return deleteBackups(tx, rows.map(({ id }) => id))
}

/** Uploads that are whole since before a moment and were not read: whoever was to do that gave up. As the system. */
export async function findForgotten(tx: Transaction, before: Date, limit: number): Promise<string[]> {
  const rows = await tx.packageBackup.findMany({ where: { state: "checking", beganAt: { lte: before } }, take: limit, select: { id: true } })
  return rows.map(({ id }) => id)
}

/** Which of these pieces count for something. As the system. */
export async function findPieceIds(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.packageBackupPiece.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}
