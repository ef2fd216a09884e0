import type { Reader } from "#platform/database.ts"

/** The newest year of a payroll file in a party's dossier, as far as the viewer sees it. */
export async function findNewestYear(reader: Reader, ownerId: string): Promise<number | null> {
  const [row] = await reader.$queryRaw<{ year: number }[]>`
    select f.year from dossier_file f
    where f.dossier_id = (select id from dossier where owner_id = ${ownerId}::uuid) and f.year is not null order by f.year desc limit 1`
  return row?.year ?? null
}
