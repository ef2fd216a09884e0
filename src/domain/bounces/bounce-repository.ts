import type { Transaction } from "#platform/database.ts"
import type { MailReason } from "#policy/mail-reasons.ts"

/** An address as mails reach it by one mailbox: its owner's party, or null for the portal's own server. What is told of one way says nothing of another. */
export type Way = { address: string; throughId: string | null }

const portal = "00000000-0000-0000-0000-000000000000"

export type BounceRow = Way & { mailId: string; reportHash: Uint8Array<ArrayBuffer>; weight: "hard" | "soft"; reason: MailReason; at: Date }

/** Writes down that a mail came back. False when this report was written down before. */
export async function insertBounce(tx: Transaction, { mailId, reportHash, address, throughId, weight, reason, at }: BounceRow): Promise<boolean> {
  const added = await tx.$executeRaw`
    insert into mail_bounce (mail_id, report_hash, address_hash, weight, reason, at, through_id)
    values (${mailId}::uuid, ${reportHash}, address_hash(${address}), ${weight}, ${reason}, ${at}::timestamptz, ${throughId ?? portal}::uuid) on conflict do nothing`
  return added > 0
}

/** Lets those who write about one address wait for each other, until the transaction ends. */
export async function holdAddress(tx: Transaction, address: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('address:' || lower(${address}), 0))::text`
}

/** On how many days mail to an address came back between two moments, counted since it was tried anew. */
export async function countBounceDays(tx: Transaction, { address, throughId }: Way, { from, to }: { from: Date; to: Date }): Promise<number> {
  const [row] = await tx.$queryRaw<{ days: number }[]>`
    select count(distinct (b.at at time zone 'Europe/Amsterdam')::date)::int as days
    from mail_bounce b left join dead_address d on d.address_hash = b.address_hash and d.through_id = b.through_id
    where b.address_hash = address_hash(${address}) and b.through_id = ${throughId ?? portal}::uuid and b.at > ${from}::timestamptz and b.at <= ${to}::timestamptz and (d.revived_at is null or b.at > d.revived_at)`
  return row?.days ?? 0
}

/** Since when an address may be tried again; null where it never was dead, or is. */
export async function findRevived(tx: Transaction, { address, throughId }: Way): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ revivedAt: Date | null }[]>`select revived_at as "revivedAt" from dead_address where address_hash = address_hash(${address}) and through_id = ${throughId ?? portal}::uuid`
  return row?.revivedAt ?? null
}

/** Whether no mail about a party goes to an address any more. */
export async function findDead(tx: Transaction, address: string, partyId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from dead_for(${address}, coalesce((select employer_id from employee where id = ${partyId}::uuid), ${partyId}::uuid))`
  return rows.length > 0
}

/** No mail that may go this way goes to an address any more, and whoever has it in payroll there is marked. What was known already stays. */
export async function insertDead(tx: Transaction, { address, throughId }: Way, reason: MailReason, at: Date): Promise<void> {
  const changed = await tx.$executeRaw`
    insert into dead_address (address_hash, reason, since, through_id) values (address_hash(${address}), ${reason}, ${at}::timestamptz, ${throughId ?? portal}::uuid)
    on conflict (address_hash, through_id) do update set reason = excluded.reason, since = excluded.since, revived_at = null where dead_address.revived_at is not null`
  if (changed > 0) await tx.$queryRaw`select mark_trouble(${address}, ${reason}, ${at}::timestamptz, ${throughId ?? portal}::uuid)::text`
}

/** Mail goes to an address again, whatever way it goes. False when it did already. */
export async function reviveAddress(tx: Transaction, address: string, at: Date): Promise<boolean> {
  const revived = await tx.$executeRaw`update dead_address set revived_at = ${at}::timestamptz where address_hash = address_hash(${address}) and revived_at is null`
  if (revived > 0) await tx.$queryRaw`select mark_trouble(${address}, null, null, ${portal}::uuid)::text`
  return revived > 0
}

/** Forgets what came back before a moment. */
export async function deleteBounces(tx: Transaction, before: Date): Promise<number> {
  return (await tx.mailBounce.deleteMany({ where: { at: { lt: before } } })).count
}
