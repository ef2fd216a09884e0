import type { Reader } from "#platform/database.ts"
import type { PartyKind } from "#policy/viewer.ts"

export type FrameNames = {
  name: string | null
  clientNumber: string | null
  initials: string | null
  prefix: string | null
  surname: string | null
  at: string | null
  servedByOffice: boolean
  hasDeliveries: boolean
  laidBefore: number
  roles: number
}

/**
 * The name of a party, whichever kind it is; for an employee the name of the workplace, for an employer whether an office works for it now.
 * `hasDeliveries` and `laidBefore` are an employer's: whether it sees any delivery, and how many wait for its akkoord. `roles` is how many live roles the viewer's account holds.
 */
export async function findFrameNames(reader: Reader, partyId: string): Promise<FrameNames | null> {
  const [row] = await reader.$queryRaw<FrameNames[]>`
    select coalesce(o.name, e.name) as name, o.client_number as "clientNumber", w.initials, w.prefix, w.surname, we.name as at,
           exists (select from engagement g where g.employer_id = p.id and g.ended_at is null) as "servedByOffice",
           exists (select from delivery d where d.employer_id = e.id) as "hasDeliveries",
           (select count(*)::int from delivery d where d.employer_id = e.id and d.sender_id <> e.id and d.state = 'reviewing') as "laidBefore",
           (select count(*)::int from account_role r where r.account_id = (select viewer_account()) and r.ended_at is null and r.blocked_at is null) as roles
    from (select ${partyId}::uuid as id) as p
      left join office o on o.id = p.id
      left join employer e on e.id = p.id
      left join employee w on w.id = p.id
      left join employer we on we.id = w.employer_id`
  return row ?? null
}

export type RoleRow = Pick<FrameNames, "name" | "clientNumber" | "initials" | "prefix" | "surname" | "at"> & { partyId: string; kind: PartyKind }

/** The live roles of whoever was entered, with what each is called: offices first, then employers, then employees by workplace. */
export async function findRoles(reader: Reader): Promise<RoleRow[]> {
  return reader.$queryRaw<RoleRow[]>`
    select party as "partyId", kind::text as kind, name, initials, prefix, surname, at, client_number as "clientNumber" from roles_of_viewer()`
}
