import type { Reader, Transaction } from "#platform/database.ts"
import { presetOf, SIGN_IN_BY, type SignInBy } from "#policy/mailbox-presets.ts"
import { isSmtpTrouble } from "#policy/smtp-answers.ts"
import type { MailboxView, MailCopy } from "./mailbox-views.ts"

const columns = {
  ...{ partyId: true, isOn: true, version: true, address: true, name: true, host: true, port: true, security: true, username: true, signInBy: true, secretSealed: true, copyAs: true, copyTo: true },
  ...{ perMinute: true, perDay: true, provenAt: true, lastSentAt: true, lastFailedAt: true, lastFailure: true, failures: true, failingSince: true, retryAt: true, toldAt: true },
  ...{ nextAt: true, dayAt: true, dayCount: true, consentHash: true, consentSealed: true, consentSession: true, consentUntil: true },
  ...{ imapHost: true, imapPort: true, imapSeen: true, readAt: true, readFailure: true },
} as const

type Found = NonNullable<Awaited<ReturnType<typeof findRow>>>

/** A mailbox as it stands in the database, with the words of its columns checked. */
export type MailboxRow = Omit<Found, "security" | "signInBy" | "copyAs" | "copyTo"> & { security: "tls" | "starttls"; signInBy: SignInBy; copy: MailCopy | null }

/** What can be changed of one. */
export type MailboxChange = Partial<Omit<Found, "partyId">> & { readingAt?: Date | null }

/** One party's mailbox, as far as who asks may see it. */
export async function findMailbox(tx: Transaction, partyId: string): Promise<MailboxRow | null> {
  const row = await findRow(tx, partyId)
  return row ? toRow(row) : null
}

/** As findMailbox, held until the transaction ends. As the system. */
export async function holdMailbox(tx: Transaction, partyId: string): Promise<MailboxRow | null> {
  await tx.$queryRaw`select party_id from mailbox where party_id = ${partyId}::uuid for update`
  return findMailbox(tx, partyId)
}

/** Lets those who change one party's mailbox wait for each other, also while there is none. As the system. */
export async function holdParty(tx: Transaction, partyId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`mailbox:${partyId}`}, 0))::text`
}

/** The first of these parties whose mailbox is on. As the system. */
export async function findFirstOn(reader: Reader, partyIds: readonly string[]): Promise<string | null> {
  const rows = await reader.$queryRaw<{ id: string }[]>`select party_id as id from mailbox where party_id = any (${[...partyIds]}::uuid[]) and is_on`
  return partyIds.find((partyId) => rows.some(({ id }) => id === partyId)) ?? null
}

/** Makes a mailbox or changes it. As the system. */
export async function putMailbox(tx: Transaction, partyId: string, settings: Pick<Found, "address" | "name" | "host" | "port" | "security" | "username" | "signInBy" | "secretSealed" | "copyAs" | "copyTo" | "perMinute" | "perDay"> & MailboxChange, now: Date): Promise<void> {
  await tx.mailbox.upsert({ where: { partyId }, create: { ...settings, partyId, createdAt: now, changedAt: now }, update: { ...settings, changedAt: now }, select: { partyId: true } })
}

/** Changes a mailbox that is held. As the system. */
export async function updateMailbox(tx: Transaction, partyId: string, change: MailboxChange): Promise<void> {
  await tx.mailbox.updateMany({ where: { partyId }, data: change })
}

/** Puts other tokens in place of those that were used to get them; false when somebody else was first. As the system. */
export async function replaceSecret(tx: Transaction, { partyId, version, before, after }: { partyId: string; version: number; before: Uint8Array<ArrayBuffer>; after: Uint8Array<ArrayBuffer> }): Promise<boolean> {
  return (await tx.mailbox.updateMany({ where: { partyId, version, secretSealed: before }, data: { secretSealed: after } })).count > 0
}

/** Writes down that a mail was taken; of many in a row once in ten seconds. As the system. */
export async function noteTaken(tx: Transaction, { partyId, version, now }: { partyId: string; version: number; now: Date }): Promise<void> {
  await tx.$executeRaw`
    update mailbox set last_sent_at = ${now}, proven_at = coalesce(proven_at, ${now}), failures = 0, failing_since = null, retry_at = null, told_at = null
    where party_id = ${partyId}::uuid and version = ${version}
      and (last_sent_at is null or last_sent_at < ${new Date(now.getTime() - 10_000)} or failing_since is not null or proven_at is null)`
}

/** Those that are on, are read for what came back, and whose time for it has come; the next time is `next`, so that nobody else takes them now. As the system. */
export async function takeReadings(reader: Reader, { now, next, most }: { now: Date; next: Date; most: number }): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    update mailbox set reading_at = ${next}::timestamptz where party_id in (
      select party_id from mailbox where is_on and imap_host is not null and (reading_at is null or reading_at <= ${now}::timestamptz)
      order by reading_at nulls first limit ${most} for update skip locked
    ) returning party_id as id`
  return rows.map(({ id }) => id)
}

/** Writes down how reading one went, unless it is another one by now. As the system. */
export async function noteReading(tx: Transaction, { partyId, version }: { partyId: string; version: number }, change: Pick<MailboxChange, "imapSeen" | "readAt" | "readFailure" | "readingAt">): Promise<void> {
  await tx.mailbox.updateMany({ where: { partyId, version }, data: change })
}

/** Removes a mailbox; false when there was none. As the system. */
export async function deleteMailbox(tx: Transaction, partyId: string): Promise<boolean> {
  return (await tx.mailbox.deleteMany({ where: { partyId } })).count > 0
}

/** The accounts that are owner of a party now. As the system. */
export async function findOwners(tx: Transaction, partyId: string): Promise<string[]> {
  const roles = await tx.accountRole.findMany({ where: { partyId, endedAt: null, blockedAt: null, rank: "owner", account: { blockedAt: null } }, select: { accountId: true } })
  return roles.map(({ accountId }) => accountId)
}

/** A mailbox as its owners see it. */
export function toView({ partyId: _party, version: _version, failures: _failures, secretSealed, lastFailure, ...row }: MailboxRow): MailboxView {
  const { isOn, address, name, host, port, security, username, signInBy, copy, perMinute, perDay, provenAt, lastSentAt, lastFailedAt, failingSince } = row
  const trouble = lastFailure && isSmtpTrouble(lastFailure) ? lastFailure : null
  const { imapHost, imapPort, readAt, readFailure } = row
  const reading = imapHost && imapPort ? { host: imapHost, port: imapPort, at: readAt, trouble: readFailure && isSmtpTrouble(readFailure) ? readFailure : null } : null
  return { isOn, address, name, host, port, security, preset: presetOf(host), username, signInBy, hasSecret: secretSealed !== null, copy, perMinute, perDay, provenAt, lastSentAt, lastFailedAt, lastFailure: trouble, failingSince, reading }
}

async function findRow(tx: Transaction, partyId: string) {
  const row = await tx.mailbox.findUnique({ where: { partyId }, select: columns })
  if (!row) return null
  const bytes = (column: Uint8Array | null) => (column ? new Uint8Array(column) : null)
  return { ...row, secretSealed: bytes(row.secretSealed), consentHash: bytes(row.consentHash), consentSealed: bytes(row.consentSealed) }
}

function toRow({ security, signInBy, copyAs, copyTo, ...row }: Found): MailboxRow {
  const copy = copyTo ? { as: copyAs === "cc" ? ("cc" as const) : ("bcc" as const), to: copyTo } : null
  return { ...row, security: security === "tls" ? "tls" : "starttls", signInBy: SIGN_IN_BY.find((one) => one === signInBy) ?? "password", copy }
}
