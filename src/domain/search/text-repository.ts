import type { Reader, Transaction } from "#platform/database.ts"
import { rowsAsJson } from "#platform/rows-as-json.ts"

/** What reading a file's text needs of it. `hasText` when it was read before; no `wrappedIdentity` where the key of its dossier was destroyed. */
export type FileToRead = { id: string; dossierId: string; mediaType: string; size: number; storageKey: string; hasText: boolean; wrappedIdentity: Uint8Array | null }

/** These files, as far as they are there. Reads as the system only. */
export async function findFilesToRead(tx: Transaction, fileIds: readonly string[]): Promise<FileToRead[]> {
  return tx.$queryRaw<FileToRead[]>`
    select f.id, f.dossier_id as "dossierId", f.media_type as "mediaType", f.size, f.storage_key as "storageKey", t.file_id is not null as "hasText",
           k.wrapped_identity as "wrappedIdentity"
    from dossier_file f left join file_text t on t.file_id = f.id left join dossier_key k on k.dossier_id = f.dossier_id where f.id = any (${[...fileIds]}::uuid[])`
}

/** The stems by which Postgres knows words (Dutch; folded text in, stop words out), for each of these texts in their order. */
export async function findLexemes(reader: Reader, texts: readonly string[]): Promise<string[][]> {
  const rows = await reader.$queryRaw<{ lexemes: string[] }[]>`
    select tsvector_to_array(to_tsvector('dutch', t.text)) as lexemes
    from unnest(${[...texts]}::text[]) with ordinality as t (text, nr) order by t.nr`
  return rows.map((row) => row.lexemes)
}

/** Keeps what was read of files, of those that are still there; a second time changes nothing. */
export async function insertTexts(tx: Transaction, texts: readonly { fileId: string; tokens: readonly string[]; sealed: Uint8Array | null }[]): Promise<void> {
  await tx.$executeRaw`
    insert into file_text (file_id, words, sealed)
    select f.id, array_to_tsvector(t.tokens), t.sealed
    from jsonb_to_recordset(${rowsAsJson(texts)}::jsonb) as t ("fileId" uuid, tokens text[], sealed bytea) join dossier_file f on f.id = t."fileId"
    on conflict do nothing`
}

/** Removes what was read of these files. */
export async function deleteTexts(tx: Transaction, fileIds: readonly string[]): Promise<void> {
  await tx.fileText.deleteMany({ where: { fileId: { in: [...fileIds] } } })
}

/** Removes what was read of any files, at most `most`; returns how many. */
export async function deleteSomeTexts(tx: Transaction, most: number): Promise<number> {
  return tx.$executeRaw`delete from file_text where file_id in (select file_id from file_text limit ${most})`
}

/** The next files after those that were looked at, in the order of their ids. */
export async function findOlderFiles(tx: Transaction, most: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from dossier_file
    where id > coalesce((select done_until from text_backfill where id = 1), '00000000-0000-0000-0000-000000000000')
    order by id limit ${most}`
  return rows.map((row) => row.id)
}

/** Notes how far the reading of older files has come; null begins anew. */
export async function updateBackfill(tx: Transaction, doneUntil: string | null): Promise<void> {
  await tx.$executeRaw`
    insert into text_backfill (id, done_until) values (1, ${doneUntil}::uuid)
    on conflict (id) do update set done_until = case when ${doneUntil}::uuid is null then null
      else greatest(text_backfill.done_until, excluded.done_until) end`
}
