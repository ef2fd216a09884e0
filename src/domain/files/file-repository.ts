import type { Reader, Transaction } from "#platform/database.ts"
import { insertRows, type FieldTypes } from "#platform/insert-rows.ts"

/** A file as a list shows it. Payroll files have no `name`: it follows from kind, year and period, in the reader's language. `replacedAt`: another version came in its place. */
export type FileRow = {
  id: string
  dossierId: string
  origin: "payroll" | "own"
  kind: string
  year: number | null
  period: number | null
  periodKind: string | null
  name: string | null
  mediaType: string
  size: number
  createdAt: Date
  senderId: string
  senderName: string
  read: boolean
  replacedAt: Date | null
}

/** What the viewer sees of one dossier for one year: `year` is the one that is shown, `years` those that have payroll files, newest first. */
export type DossierYear = { year: number; years: number[]; files: FileRow[] }

type DossierYearRow = FileRow & { shown: number; years: number[] }

/**
 * The payroll files of one year of a party's dossier, without what was replaced when it is another's, newest period first, and all own files, newest first; without a year those of the newest
 * that has something, or of `thisYear`. Null when the dossier is out of sight. Without an owner: the dossier in which what was given to whoever was entered
 * stands, for who sees files of one dossier and not the dossier itself; null when nothing was. One statement; the years are found by stepping down the index,
 * so that older years cost one row each, and the year tells payroll files from own files (the index cannot ask for an origin under the rule).
 */
export async function findDossierYear(reader: Reader, ownerId: string | null, asked: number | null, thisYear: number, accountId: string): Promise<DossierYear | null> {
  const rows = await reader.$queryRaw<DossierYearRow[]>`
    with recursive here as materialized (
      select id from dossier where owner_id = ${ownerId}::uuid
      union all
      select f.dossier_id from (select file_id from file_grant where audience_id = any ((select viewer_audiences())::uuid[]) and ended_at is null limit 1) g
        join dossier_file f on f.id = g.file_id where ${ownerId}::uuid is null
    ), years (year) as (
      select (select f.year from dossier_file f where f.dossier_id = here.id and f.year is not null order by f.year desc limit 1) from here
      union all
      select (select f.year from dossier_file f where f.dossier_id = (select id from here) and f.year < y.year order by f.year desc limit 1)
      from years y where y.year is not null
    ), shown as (select id, coalesce(${asked}::int, (select max(year) from years), ${thisYear}::int) as year from here)
    select s.year as shown, array(select year from years where year is not null order by year desc) as years,
           f.id, f.dossier_id as "dossierId", f.origin::text as origin, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name,
           f.media_type as "mediaType", f.size, f.created_at as "createdAt", f.sender_id as "senderId", f.sender_name as "senderName",
           r.file_id is not null or f.replaced_at is not null as read, f.replaced_at as "replacedAt"
    from shown s
      left join lateral (
        select * from dossier_file where dossier_id = s.id and year = s.year and (replaced_at is null or ${ownerId}::uuid = (select viewer_party()))
        union all
        select * from dossier_file where dossier_id = s.id and year is null
      ) f on true
      left join file_read r on r.file_id = f.id and r.account_id = ${accountId}::uuid
    order by f.period desc nulls first, f.created_at desc, f.kind, f.id`
  const [first] = rows
  if (!first) return null
  const files = rows.flatMap(({ shown: _shown, years: _years, ...file }) => (file.id === null ? [] : file))
  return { year: first.shown, years: first.years, files }
}

/** `sha256` in hexadecimal; `employerId` is the employer whose dossier it is in, or whose employee's. */
export type FileWithOwner = FileRow & { sha256: string; scannedAt: Date | null; mailedAt: Date | null; ownerId: string | null; employerId: string | null }

/** One file with what its details need. */
export async function findFile(reader: Reader, fileId: string, accountId: string): Promise<FileWithOwner | null> {
  const [row] = await reader.$queryRaw<FileWithOwner[]>`
    select f.id, f.dossier_id as "dossierId", f.origin::text as origin, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name,
           f.media_type as "mediaType", f.size, f.created_at as "createdAt", f.sender_id as "senderId", f.sender_name as "senderName",
           r.file_id is not null as read, f.replaced_at as "replacedAt", encode(f.sha256, 'hex') as sha256, f.scanned_at as "scannedAt", f.mailed_at as "mailedAt", d.owner_id as "ownerId", d.employer_id as "employerId"
    from dossier_file f left join file_read r on r.file_id = f.id and r.account_id = ${accountId}::uuid left join dossier d on d.id = f.dossier_id
    where f.id = ${fileId}::uuid`
  return row ?? null
}

export type OpenedFile = {
  id: string
  dossierId: string
  kind: string
  year: number | null
  period: number | null
  periodKind: string | null
  name: string | null
  mediaType: string
  size: number
  storageKey: string
  wrappedIdentity: Uint8Array
}

/** What is recorded of an opening; `partFrom` is where a part of the file begins, null for the whole of it. */
export type Opening = { event: string; sessionId: string; partFrom: number | null }

/**
 * Opens a file: what is needed to stream it, its read mark and its event, in one statement. Null when the viewer does not see it, or no more by the time it is recorded. Parts that one
 * session asks after another are one opening (record_opening), and a part that begins past the end is none.
 */
export async function openFileRow(reader: Reader, fileId: string, accountId: string, { event, sessionId, partFrom }: Opening): Promise<OpenedFile | null> {
  const [row] = await reader.$queryRaw<OpenedFile[]>`
    with opened as materialized (
      select f.id, f.dossier_id, f.kind, f.year, f.period, f.period_kind, f.name, f.media_type, f.size, f.storage_key, k.wrapped_identity
      from dossier_file f join dossier_key k on k.dossier_id = f.dossier_id
      where f.id = ${fileId}::uuid
    ), recorded as materialized (
      select case when ${partFrom}::bigint is null or ${partFrom}::bigint < size
        then record_opening(dossier_id, ${event}, id, ${sessionId}::uuid, ${partFrom}::bigint is not null) end as is_new,
        coalesce(${partFrom}::bigint >= size, false) as is_past_end from opened
    ), marked as (
      insert into file_read (account_id, file_id) select ${accountId}::uuid, o.id from opened o cross join recorded where is_new on conflict do nothing
    )
    select o.id, o.dossier_id as "dossierId", o.kind, o.year, o.period, o.period_kind as "periodKind", o.name, o.media_type as "mediaType",
           o.size, o.storage_key as "storageKey", o.wrapped_identity as "wrappedIdentity"
    from opened o cross join recorded where is_new is not null or is_past_end`
  return row ?? null
}

/** `name` is the whole name of an office or employer, and the surname of an employee, whose initials and prefix stand beside it; null for whom the viewer may not know of. */
export type WhoSeesRow = {
  kind: "office" | "employer" | "employee" | "engagement" | "overviews"
  name: string | null
  initials: string | null
  prefix: string | null
  reason: "placed" | "delivered" | "shared" | "shared_on"
  endsAt: Date | null
}

/** Every party that can see a file now, and why. Empty when the viewer does not see it. */
export async function findWhoSees(reader: Reader, fileId: string): Promise<WhoSeesRow[]> {
  return reader.$queryRaw<WhoSeesRow[]>`
    select kind::text as kind, name, initials, prefix, reason::text as reason, ends_at as "endsAt" from who_sees(${fileId}::uuid)`
}

export type DocumentKey = { dossierId: string; kind: string; year: number | null; period: number | null; periodKind: string | null }

/** Which payroll documents these dossiers have now, by kind, year, period and sender, as far as the viewer sees them: not what was replaced or withdrawn. */
export async function findDocumentKeys(tx: Transaction, dossierIds: readonly string[], years: readonly number[]): Promise<(DocumentKey & { senderId: string })[]> {
  return tx.$queryRaw<(DocumentKey & { senderId: string })[]>`
    select distinct dossier_id as "dossierId", kind, year, period, period_kind as "periodKind", sender_id as "senderId" from dossier_file
    where dossier_id = any (${[...dossierIds]}::uuid[]) and origin = 'payroll' and year = any (${[...years]}::int[]) and replaced_at is null
      and not exists (select from withdrawal w where w.file_id = dossier_file.id)`
}

export type NewFile = {
  id: string
  dossierId: string
  employerId: string | null
  kind: string
  year: number | null
  period: number | null
  periodKind: string | null
  name: string | null
  mediaType: string
  size: number
  sha256: Uint8Array<ArrayBuffer>
  storageKey: string
  senderId: string
  senderName: string
  deliveryId: string | null
  createdAt: Date
  origin: "payroll" | "own"
}

export type NewGrant = { id: string; fileId: string; audienceId: string; employerId: string | null; reason: "placed" | "delivered" | "shared"; givenBy: string | null; startsAt: Date }

const fileTypes: FieldTypes<NewFile> = {
  id: "uuid", dossierId: "uuid", employerId: "uuid", origin: "file_origin", kind: "text", year: "int", period: "int", periodKind: "text", name: "text", mediaType: "text",
  size: "int", sha256: "bytea", storageKey: "text", senderId: "uuid", senderName: "text", deliveryId: "uuid", createdAt: "timestamptz",
}
const grantTypes: FieldTypes<NewGrant> = { id: "uuid", fileId: "uuid", audienceId: "uuid", employerId: "uuid", reason: "grant_reason", givenBy: "uuid", startsAt: "timestamptz" }

/** Adds files with their grants: a file without a grant would be seen by nobody. One statement a table, however many there are. */
export async function insertFiles(tx: Transaction, files: readonly NewFile[], grants: readonly NewGrant[]): Promise<void> {
  await insertRows(tx, "dossier_file", fileTypes, files)
  await insertRows(tx, "file_grant", grantTypes, grants)
}

/** Which of these storage keys files name. Reads as the system only. */
export async function findStorageKeys(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.dossierFile.findMany({ where: { storageKey: { in: [...keys] } }, select: { storageKey: true } })
  return rows.map((row) => row.storageKey)
}

/** Notes which files an account has read. */
export async function insertReads(tx: Transaction, reads: readonly { accountId: string; fileId: string; readAt: Date }[]): Promise<void> {
  await tx.fileRead.createMany({ data: [...reads], skipDuplicates: true })
}
