import type { Reader } from "#platform/database.ts"

/** `name` is the whole name of an office or employer, and the surname of an employee, whose initials and prefix stand beside it; `colleague` is who of the viewer's own party it was. */
export type OpeningRow = {
  at: Date
  kind: string
  party: "office" | "employer" | "employee" | "engagement" | null
  name: string | null
  initials: string | null
  prefix: string | null
  colleague: string | null
  isOwn: boolean
  total: number
}

/** The openings of a file that this viewer may know of, latest first. `total` on each row counts them all. */
export async function findOpenings(reader: Reader, fileId: string, skip: number, most: number): Promise<OpeningRow[]> {
  return reader.$queryRaw<OpeningRow[]>`
    select at, kind, party::text as party, name, initials, prefix, colleague, is_own as "isOwn", total
    from who_opened(${fileId}::uuid, ${skip}::int, ${most}::int)`
}
