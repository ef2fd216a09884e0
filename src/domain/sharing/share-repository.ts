import type { Reader } from "#platform/database.ts"
import type { ReceiverKind, ShareReason } from "#policy/share-steps.ts"
import type { PartyKind } from "#policy/viewer.ts"

/** A file in sight as sharing looks at it: whose it is, as far as the viewer may know. */
export type FileToShare = { id: string; dossierId: string; origin: "payroll" | "own"; name: string | null; kind: string; year: number | null; period: number | null; periodKind: string | null; senderName: string; isOwn: boolean; ownerKind: PartyKind | null }

/** Those of these files that the viewer sees, by name. */
export async function findFilesToShare(reader: Reader, partyId: string, fileIds: readonly string[]): Promise<FileToShare[]> {
  return reader.$queryRaw<FileToShare[]>`
    select f.id, f.dossier_id as "dossierId", f.origin::text as origin, f.name, f.kind, f.year, f.period, f.period_kind as "periodKind",
           f.sender_name as "senderName", coalesce(d.owner_id = ${partyId}::uuid, false) as "isOwn",
           case when (select true from employee w where w.id = d.owner_id) then 'employee'
                when (select true from employer e where e.id = d.owner_id) then 'employer'
                when d.id is not null then 'office' end as "ownerKind"
    from dossier_file f left join dossier d on d.id = f.dossier_id
    where f.id = any (${[...fileIds]}::uuid[]) order by f.name, f.id`
}

/** Somebody a file can be shared with. `name` is a surname for an employee, whose number stands beside it; `hasLeft` for one who works there no more. */
export type ReceiverRow = { id: string; kind: ReceiverKind; name: string; initials: string | null; prefix: string | null; number: string | null; hasLeft: boolean }

/** An employee's employer. */
export async function findWorkplace(reader: Reader, partyId: string): Promise<ReceiverRow[]> {
  return reader.$queryRaw<ReceiverRow[]>`
    select e.id, 'employer' as kind, e.name, null as initials, null as prefix, null as number, false as "hasLeft"
    from employee w join employer e on e.id = w.employer_id where w.id = ${partyId}::uuid`
}

/** An employer's office, as the engagement through which it works. */
export async function findOfficeAtWork(reader: Reader, partyId: string): Promise<ReceiverRow[]> {
  return reader.$queryRaw<ReceiverRow[]>`
    select g.id, 'engagement' as kind, o.name, null as initials, null as prefix, null as number, false as "hasLeft"
    from engagement g join office o on o.id = g.office_id where g.employer_id = ${partyId}::uuid and g.ended_at is null`
}

/** An employer's people, in the order of the core surname; who worked until a day before `today` (YYYY-MM-DD) has left. */
export async function findStaff(reader: Reader, partyId: string, today: string): Promise<ReceiverRow[]> {
  return reader.$queryRaw<ReceiverRow[]>`
    select id, 'employee' as kind, surname as name, initials, prefix, number, coalesce(employed_to < ${today}::date, false) as "hasLeft"
    from employee where employer_id = ${partyId}::uuid order by sort_key collate "C", number`
}

/** An office's clients, by name. */
export async function findClientsToShareWith(reader: Reader, partyId: string): Promise<ReceiverRow[]> {
  return reader.$queryRaw<ReceiverRow[]>`
    select e.id, 'employer' as kind, e.name, null as initials, null as prefix, null as number, false as "hasLeft"
    from engagement g join employer e on e.id = g.employer_id where g.office_id = ${partyId}::uuid and g.ended_at is null order by e.name, e.id`
}

/** Gives the grants, all of them or none: per file how many see it anew. Empty when the database holds one of the steps not allowed. */
export async function insertShares(reader: Reader, fileIds: readonly string[], receiverIds: readonly string[], until: Date | null): Promise<{ fileId: string; added: number }[]> {
  return reader.$queryRaw<{ fileId: string; added: number }[]>`
    select file_id as "fileId", added from share_files(${[...fileIds]}::uuid[], ${[...receiverIds]}::uuid[], ${until}::timestamptz)`
}

/** A live share that the viewer may end. */
export type ShareRow = { id: string; kind: ReceiverKind; name: string; initials: string | null; prefix: string | null; reason: ShareReason; startsAt: Date; endsAt: Date | null }

/** The shares of a file that the viewer may end, oldest first. */
export async function findShares(reader: Reader, fileId: string): Promise<ShareRow[]> {
  return reader.$queryRaw<ShareRow[]>`
    select id, kind::text as kind, name, initials, prefix, reason::text as reason, starts_at as "startsAt", ends_at as "endsAt"
    from shares_of(${fileId}::uuid)`
}

/** Ends a share and what was shared on from it: how many ended. Null when it is no share of the viewer's. */
export async function endShareRow(reader: Reader, fileId: string, shareId: string): Promise<number | null> {
  const [row] = await reader.$queryRaw<{ ended: number | null }[]>`select end_share(${fileId}::uuid, ${shareId}::uuid) as ended`
  return row?.ended ?? null
}
