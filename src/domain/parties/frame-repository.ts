import type { Reader } from "#platform/database.ts"

export type FrameNames = {
  name: string | null
  clientNumber: string | null
  initials: string | null
  prefix: string | null
  surname: string | null
  at: string | null
  servedByOffice: boolean
}

/** The name of a party, whichever kind it is; for an employee the name of the workplace, for an employer whether an office works for it now. */
export async function findFrameNames(reader: Reader, partyId: string): Promise<FrameNames | null> {
  const [row] = await reader.$queryRaw<FrameNames[]>`
    select coalesce(o.name, e.name) as name, o.client_number as "clientNumber", w.initials, w.prefix, w.surname, we.name as at,
           exists (select from engagement g where g.employer_id = p.id and g.ended_at is null) as "servedByOffice"
    from (select ${partyId}::uuid as id) as p
      left join office o on o.id = p.id
      left join employer e on e.id = p.id
      left join employee w on w.id = p.id
      left join employer we on we.id = w.employer_id`
  return row ?? null
}
