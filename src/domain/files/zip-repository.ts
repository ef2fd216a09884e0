import type { Reader } from "#platform/database.ts"

/** A file to put in a zip, with what its name on screen is made of. */
export type ZipFile = { id: string; kind: string; year: number | null; period: number | null; periodKind: string | null; name: string | null; mediaType: string; size: number; createdAt: Date }

/** Those of these files that the viewer sees, newest first within a period. */
export async function findChosen(reader: Reader, ids: readonly string[]): Promise<ZipFile[]> {
  return reader.$queryRaw<ZipFile[]>`
    select f.id, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name, f.media_type as "mediaType", f.size, f.created_at as "createdAt"
    from dossier_file f where f.id = any (${[...ids]}::uuid[])
    order by f.year desc nulls last, f.period desc nulls first, f.created_at desc, f.kind, f.id`
}

/** What the viewer sees of the dossier and year that this one is in, at most `most`; of an own file, all own files. What was replaced is the owner's alone. None when this one is out of sight. */
export async function findYearOf(reader: Reader, fileId: string, most: number): Promise<ZipFile[]> {
  return reader.$queryRaw<ZipFile[]>`
    with one as materialized (select dossier_id, year from dossier_file where id = ${fileId}::uuid)
    select f.id, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name, f.media_type as "mediaType", f.size, f.created_at as "createdAt"
    from one join dossier_file f on f.dossier_id = one.dossier_id and (f.year = one.year or one.year is null and f.year is null)
      and (f.replaced_at is null or one.dossier_id = (select id from dossier where owner_id = (select viewer_party())))
    order by f.period desc nulls first, f.created_at desc, f.kind, f.id limit ${most}`
}
