import type { Reader, Transaction } from "#platform/database.ts"
import type { WithdrawalReason } from "#policy/withdrawal-reasons.ts"
import type { KeptBytes } from "./keep-bytes.ts"

/** Why the database did not do it: "refused" is somebody else's file, null is out of sight. */
type NotDone = "refused" | "withdrawn" | "replaced" | "not-a-pdf" | null

/** Why: of the list, and in words where there are any. */
export type WithdrawnWhy = { reason: WithdrawalReason; note: string | null }

/** Ends every grant of a file but the sender's own, and keeps who had opened it. "again" when that was done before. */
export async function withdrawFileRow(reader: Reader, fileId: string, { reason, note }: WithdrawnWhy, at: Date): Promise<"withdrawn" | "again" | "refused" | null> {
  const [row] = await reader.$queryRaw<{ outcome: "withdrawn" | "again" | "refused" | null }[]>`
    select withdraw_file(${fileId}::uuid, ${reason}::text, ${at}::timestamptz, ${note}::text) as outcome`
  return row?.outcome ?? null
}

/** Withdraws what a sent delivery of the viewer's brought, as far as that was not withdrawn or replaced before; gives what was withdrawn now. */
export async function withdrawDeliveryRows(reader: Reader, deliveryId: string, { reason, note }: WithdrawnWhy, at: Date): Promise<{ fileId: string; dossierId: string }[]> {
  return reader.$queryRaw<{ fileId: string; dossierId: string }[]>`
    select file_id as "fileId", dossier_id as "dossierId" from withdraw_delivery(${deliveryId}::uuid, ${reason}::text, ${note}::text, ${at}::timestamptz)`
}

/** Places kept bytes as the version that comes in the place of a file, for whoever sees that one. */
export async function replaceFileRow(reader: Reader, fileId: string, next: KeptBytes & { id: string; note: string | null }, at: Date): Promise<"replaced-now" | "again" | NotDone> {
  const [row] = await reader.$queryRaw<{ outcome: "replaced-now" | "again" | NotDone }[]>`
    select replace_file(${fileId}::uuid, ${next.id}::uuid, ${next.size}::int, ${next.sha256}::bytea, ${next.storageKey}::text, ${at}::timestamptz, ${next.note}::text) as outcome`
  return row?.outcome ?? null
}

/** Holds these dossiers until the transaction ends: who places a next version with the same people waits. As the system only. */
export async function lockDossiers(tx: Transaction, dossierIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select id from dossier where id = any (${[...dossierIds]}::uuid[]) order by id for no key update`
}

/** Lets what a delivery brought to people a second time take the place of what they had. As the system only. */
export async function replaceEarlierRows(tx: Transaction, deliveryId: string, at: Date): Promise<{ oldId: string; dossierId: string }[]> {
  return tx.$queryRaw<{ oldId: string; dossierId: string }[]>`
    select old_id as "oldId", dossier_id as "dossierId" from replace_earlier(${deliveryId}::uuid, ${at}::timestamptz)`
}

/** What is left of a withdrawn file. `isSent`: by whoever looks, who still has it. */
export type WithdrawalRow = { fileId: string; kind: string; year: number | null; period: number | null; periodKind: string | null; name: null; senderName: string; reason: string; note: string | null; placedAt: Date; withdrawnAt: Date; isSent: boolean }

/** The withdrawn files of a party's dossier that the viewer had or sent, newest period first. */
export async function findWithdrawals(reader: Reader, ownerId: string): Promise<WithdrawalRow[]> {
  return reader.$queryRaw<WithdrawalRow[]>`
    select w.file_id as "fileId", w.kind, w.year, w.period, w.period_kind as "periodKind", null as name, w.sender_name as "senderName", w.reason, w.note,
           w.placed_at as "placedAt", w.withdrawn_at as "withdrawnAt", w.by_audience_id = any ((select viewer_audiences())::uuid[]) as "isSent"
    from withdrawal w where w.dossier_id = (select id from dossier where owner_id = ${ownerId}::uuid)
    order by w.year desc nulls last, w.period desc nulls first, w.withdrawn_at desc, w.file_id`
}

/** As findWithdrawals, for who sees files of one dossier and not the dossier itself: what whoever was entered had. */
export async function findWithdrawalsApart(reader: Reader): Promise<WithdrawalRow[]> {
  return reader.$queryRaw<WithdrawalRow[]>`
    select w.file_id as "fileId", w.kind, w.year, w.period, w.period_kind as "periodKind", null as name, w.sender_name as "senderName", w.reason, w.note,
           w.placed_at as "placedAt", w.withdrawn_at as "withdrawnAt", false as "isSent"
    from withdrawal_receiver r cross join lateral (select * from withdrawal where file_id = r.file_id limit 1) w
    where r.audience_id = any ((select viewer_audiences())::uuid[])
    order by w.year desc nulls last, w.period desc nulls first, w.withdrawn_at desc, w.file_id`
}

/** What is left of one file, for who had or sent it; `mailedAt` for who sees the file still, `ownerId` for who sees the dossier. */
export async function findWithdrawal(reader: Reader, fileId: string): Promise<(WithdrawalRow & { mailedAt: Date | null; ownerId: string | null }) | null> {
  const [row] = await reader.$queryRaw<(WithdrawalRow & { mailedAt: Date | null; ownerId: string | null })[]>`
    select w.file_id as "fileId", w.kind, w.year, w.period, w.period_kind as "periodKind", null as name, w.sender_name as "senderName", w.reason, w.note,
           w.placed_at as "placedAt", w.withdrawn_at as "withdrawnAt", w.by_audience_id = any ((select viewer_audiences())::uuid[]) as "isSent",
           (select f.mailed_at from dossier_file f where f.id = w.file_id) as "mailedAt",
           (select d.owner_id from dossier d where d.id = w.dossier_id) as "ownerId"
    from withdrawal w where w.file_id = ${fileId}::uuid`
  return row ?? null
}

/** Of the kind and period of a withdrawn file, the newest in its dossier that came after it and is in sight. */
export async function findNewest(reader: Reader, fileId: string): Promise<{ id: string; createdAt: Date } | null> {
  const [row] = await reader.$queryRaw<{ id: string; createdAt: Date }[]>`
    select f.id, f.created_at as "createdAt" from withdrawal w join dossier_file f on f.dossier_id = w.dossier_id and f.year = w.year
    where w.file_id = ${fileId}::uuid and f.origin = 'payroll' and f.kind = w.kind and f.period is not distinct from w.period and f.period_kind is not distinct from w.period_kind
      and f.created_at > w.placed_at and f.replaced_at is null
    order by f.created_at desc, f.id desc limit 1`
  return row ?? null
}

/** Somebody who had a withdrawn file. `name` as in opening-repository.ts; null for who is there no more. */
export type ReceiverRow = { party: "employer" | "employee" | "overviews"; name: string | null; initials: string | null; prefix: string | null; openedAt: Date | null; lastOpenedAt: Date | null; openings: number }

/** Who had a file when it was withdrawn, and what each had done with it: all of them for its sender. Who sees overviews alone counts when one of them opened it. */
export async function findReceivers(reader: Reader, fileId: string): Promise<ReceiverRow[]> {
  return reader.$queryRaw<ReceiverRow[]>`
    select case when o.id is not null then 'overviews' when w.id is not null then 'employee' else 'employer' end as party,
           coalesce(w.surname, e.name, o.name) as name, w.initials, w.prefix, r.opened_at as "openedAt", r.last_opened_at as "lastOpenedAt", r.openings
    from withdrawal_receiver r
      left join employee w on w.id = r.audience_id left join employer e on e.id = r.audience_id left join employer o on o.overviews_id = r.audience_id
    where r.file_id = ${fileId}::uuid and (o.id is null or r.openings > 0)
    order by 1 desc, 2, r.audience_id`
}

/** Another version of a file. `isNewer`: it came later than the one that was asked of. `note`: what the sender said when the older of the two was replaced. */
export type VersionRow = { id: string; createdAt: Date; isNewer: boolean; note: string | null }

/** The other versions of a file that are in sight: the newest that came in its place, and all that went before, newest first. */
export async function findVersions(reader: Reader, fileId: string): Promise<VersionRow[]> {
  return reader.$queryRaw<VersionRow[]>`
    with recursive later (id, step) as (
      select replaced_by_id, 1 from dossier_file where id = ${fileId}::uuid and replaced_by_id is not null
      union all
      select f.replaced_by_id, l.step + 1 from later l join dossier_file f on f.id = l.id where f.replaced_by_id is not null and l.step < 100
    ), before (id, step) as (
      select id, 1 from dossier_file where replaced_by_id = ${fileId}::uuid
      union all
      select f.id, b.step + 1 from before b join dossier_file f on f.replaced_by_id = b.id where b.step < 100
    )
    (select f.id, f.created_at as "createdAt", true as "isNewer", (select o.replaced_note from dossier_file o where o.id = ${fileId}::uuid) as note from later l join dossier_file f on f.id = l.id order by l.step desc limit 1)
    union all
    select * from (select f.id, f.created_at, false, f.replaced_note from before b join dossier_file f on f.id = b.id order by b.step, f.created_at desc) earlier`
}

/** Who had a withdrawn file, or any of a delivery that was withdrawn at once, as parties: who of an employer sees overviews alone stands apart. As the system only. */
export async function findWithdrawnFrom(tx: Transaction, of: { fileId: string } | { deliveryId: string }): Promise<{ partyId: string; isOverviews: boolean }[]> {
  const [fileId, deliveryId] = "fileId" in of ? [of.fileId, null] : [null, of.deliveryId]
  return tx.$queryRaw<{ partyId: string; isOverviews: boolean }[]>`
    select distinct coalesce(o.id, r.audience_id) as "partyId", o.id is not null as "isOverviews"
    from (select ${fileId}::uuid as file_id where ${fileId}::uuid is not null union all select file_id from withdrawal where delivery_id = ${deliveryId}::uuid) w
      join withdrawal_receiver r on r.file_id = w.file_id left join employer o on o.overviews_id = r.audience_id`
}

/** With whom a file was placed by somebody else, as parties. As the system only. */
export async function findPlacedWith(tx: Transaction, fileId: string): Promise<{ partyId: string; isOverviews: boolean }[]> {
  return tx.$queryRaw<{ partyId: string; isOverviews: boolean }[]>`
    select coalesce(o.id, g.audience_id) as "partyId", o.id is not null as "isOverviews"
    from file_grant g join dossier_file f on f.id = g.file_id left join employer o on o.overviews_id = g.audience_id
    where g.file_id = ${fileId}::uuid and g.reason = 'placed' and g.ended_at is null and g.audience_id <> f.sender_id`
}
