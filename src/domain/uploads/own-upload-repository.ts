import type { Reader } from "#platform/database.ts"

/** An own file that is still coming in: what was announced, and the pieces of it that are safe, in their order. */
export type Upload = { id: string; name: string; length: number; received: number; pieceIds: readonly string[]; pieceSizes: readonly number[] }

export type NewUpload = { id: string; name: string; length: number; at: Date; alive: Date; most: number; room: number }

/** Begins an upload in the viewer's own dossier when it fits in `room` bytes with what is there and what is coming; `most` are begun after `alive`. */
export async function insertUpload(reader: Reader, { id, name, length, at, alive, most, room }: NewUpload): Promise<"begun" | "many" | "full" | "nowhere"> {
  const [row] = await reader.$queryRaw<{ outcome: "begun" | "many" | "full" | "nowhere" }[]>`
    select begin_own_upload(${id}::uuid, ${name}::text, ${length}::int, ${at}::timestamptz, ${alive}::timestamptz, ${most}::int, ${room}::bigint) as outcome`
  return row?.outcome ?? "nowhere"
}

/** An upload of the viewer that was begun after `alive`. */
export async function findUpload(reader: Reader, id: string, alive: Date): Promise<Upload | undefined> {
  const [row] = await reader.$queryRaw<Upload[]>`
    select id, name, length, received, piece_ids as "pieceIds", piece_sizes as "pieceSizes" from own_upload where id = ${id}::uuid and began_at > ${alive}::timestamptz`
  return row
}

/** Counts a piece that is safe, when the upload is still as far as `received`. False when it is not, or gone: the piece counts for nothing. */
export async function insertPiece(reader: Reader, upload: Pick<Upload, "id" | "received">, piece: { id: string; size: number }): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`
    update own_upload set received = received + ${piece.size}::int, piece_ids = piece_ids || ${piece.id}::uuid, piece_sizes = piece_sizes || ${piece.size}::int
    where id = ${upload.id}::uuid and received = ${upload.received}::int returning id`
  return rows.length === 1
}

/** What came in is all there is: its length becomes that, and it is whole. */
export async function updateLength(reader: Reader, id: string): Promise<void> {
  await reader.$queryRaw`update own_upload set length = received where id = ${id}::uuid and received > 0 returning id`
}

/** What is left to clear of an upload whose row is gone. */
export type Removed = Pick<Upload, "id" | "pieceIds">

/** Removes uploads in sight; their pieces are left to who asks. */
export async function deleteUploads(reader: Reader, ids: readonly string[]): Promise<Removed[]> {
  return reader.$queryRaw<Removed[]>`delete from own_upload where id = any (${[...ids]}::uuid[]) returning id, piece_ids as "pieceIds"`
}

/** Removes uploads that began before a moment, at most `limit`; their pieces are left to who asks. As the system only. */
export async function deleteAbandoned(reader: Reader, before: Date, limit: number): Promise<Removed[]> {
  return reader.$queryRaw<Removed[]>`
    delete from own_upload where id in (select id from own_upload where began_at <= ${before}::timestamptz order by began_at limit ${limit}::int for update skip locked)
    returning id, piece_ids as "pieceIds"`
}
