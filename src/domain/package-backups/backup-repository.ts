import type { Transaction } from "#platform/database.ts"
import { BACKUP_STATES, backupRules } from "#policy/backup-rules.ts"
import type { BackupView, Piece } from "./backup-views.ts"

const shown = {
  id: true, audienceId: true, employerId: true, year: true, name: true, description: true, length: true, received: true, sha256: true, state: true, refusal: true,
  beganBy: true, beganByName: true, beganAt: true, landedAt: true, pinnedAt: true, checkedAt: true, damagedAt: true,
} as const

/** A back-up with whose it is: an engagement or an employer, and which account or key began it. */
export type BackupRow = BackupView & { audienceId: string; beganBy: string }

type Found = Omit<BackupRow, "length" | "received" | "sha256" | "state" | "by"> & { length: bigint; received: bigint; sha256: Uint8Array | null; state: string; beganByName: string }

function toRow({ length, received, sha256, state, beganByName, ...row }: Found): BackupRow {
  const known = BACKUP_STATES.find((one) => one === state) ?? "refused"
  return { ...row, length: Number(length), received: Number(received), sha256: sha256 ? Buffer.from(sha256).toString("hex") : null, state: known, by: beganByName }
}

/** The back-ups of an employer that are in sight, of one year or all, the newest first; `after` an id, at most `limit`. */
export async function findBackups(tx: Transaction, { employerId, year, after, limit, onlyKept = false }: { employerId: string; year?: number; after?: string; limit?: number; onlyKept?: boolean }): Promise<BackupRow[]> {
  const where = { employerId, ...(year === undefined ? {} : { year }), ...(after === undefined ? {} : { id: { lt: after } }), ...(onlyKept ? { state: "kept" } : {}) }
  return (await tx.packageBackup.findMany({ where, orderBy: { id: "desc" }, select: shown, ...(limit === undefined ? {} : { take: limit }) })).map(toRow)
}

/** The payroll years of which an employer has back-ups in sight, the newest first. */
export async function findBackupYears(tx: Transaction, employerId: string): Promise<number[]> {
  const rows = await tx.packageBackup.findMany({ where: { employerId }, distinct: ["year"], orderBy: { year: "desc" }, select: { year: true } })
  return rows.map(({ year }) => year)
}

/** All that is kept, is coming or was refused of one engagement or employer. As the system. */
export async function findOfAudience(tx: Transaction, audienceId: string): Promise<BackupRow[]> {
  return (await tx.packageBackup.findMany({ where: { audienceId }, orderBy: { id: "asc" }, select: shown })).map(toRow)
}

/** One back-up in sight, in whatever state. */
export async function findBackup(tx: Transaction, id: string): Promise<BackupRow | null> {
  const row = await tx.packageBackup.findUnique({ where: { id }, select: shown })
  return row ? toRow(row) : null
}

/** The pieces of a back-up in their order. */
export async function findPieces(tx: Transaction, backupId: string): Promise<Piece[]> {
  const rows = await tx.packageBackupPiece.findMany({ where: { backupId }, orderBy: { startsAt: "asc" }, select: { id: true, startsAt: true, size: true } })
  return rows.map(({ startsAt, ...row }) => ({ ...row, startsAt: Number(startsAt) }))
}

/** The wrapped key with which the back-ups of an engagement or employer are read. */
export async function findBackupKey(tx: Transaction, audienceId: string): Promise<{ dossierId: string; wrappedIdentity: Uint8Array; recipient: string } | null> {
  const row = await tx.packageBackupKey.findUnique({ where: { audienceId }, select: { wrappedIdentity: true, recipient: true } })
  return row && { dossierId: audienceId, ...row }
}

/** Keeps a new key pair; the one that is there already stays. */
export async function insertBackupKey(tx: Transaction, audienceId: string, key: { recipient: string; wrappedIdentity: Uint8Array<ArrayBuffer> }): Promise<void> {
  await tx.packageBackupKey.createMany({ data: [{ audienceId, ...key }], skipDuplicates: true })
}

/** Lets those who change which back-ups of one engagement or employer there are wait for each other. */
export async function holdBackups(tx: Transaction, audienceId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`backups:${audienceId}`}, 0))::text`
}

/** Says something else about a back-up, or pins it. Only a kept one can be pinned. */
export async function updateBackup(tx: Transaction, id: string, changed: { description?: string; pinnedAt?: Date | null }): Promise<boolean> {
  const where = changed.pinnedAt ? { id, state: "kept", pinnedAt: null } : { id }
  return (await tx.packageBackup.updateMany({ where, data: changed })).count > 0
}

/** How many of a year are pinned. */
export async function countPinned(tx: Transaction, audienceId: string, year: number): Promise<number> {
  return tx.packageBackup.count({ where: { audienceId, year, pinnedAt: { not: null } } })
}

/** What is left to clear of a back-up whose row is gone. */
export type Removed = { id: string; pieceIds: string[] }

/** Removes back-ups; the bytes are left to who asks. */
export async function deleteBackups(tx: Transaction, ids: readonly string[]): Promise<Removed[]> {
  const pieces = await tx.packageBackupPiece.findMany({ where: { backupId: { in: [...ids] } }, select: { id: true, backupId: true } })
  const gone = await tx.$queryRaw<{ id: string }[]>`delete from package_backup where id = any (${[...ids]}::uuid[]) returning id`
  return gone.map(({ id }) => ({ id, pieceIds: pieces.filter((piece) => piece.backupId === id).map((piece) => piece.id) }))
}

/**
 * Makes an upload that was read whole one of the kept, and removes the oldest of its year beyond those that are kept. Pinned and damaged ones do not count. Undefined
 * when it is not waiting for that any more. As the system, while the back-ups are held.
 */
export async function landBackup(tx: Transaction, { id, audienceId, year }: Pick<BackupRow, "id" | "audienceId" | "year">, sha256: Uint8Array<ArrayBuffer>, now: Date): Promise<Removed[] | undefined> {
  const { count } = await tx.packageBackup.updateMany({ where: { id, state: "checking" }, data: { state: "kept", sha256, landedAt: now, checkedAt: now } })
  if (count === 0) return undefined
  const others = { audienceId, year, state: "kept", pinnedAt: null, damagedAt: null, id: { not: id } }
  const old = await tx.packageBackup.findMany({ where: others, orderBy: [{ landedAt: "desc" }, { id: "desc" }], skip: backupRules.kept - 1, select: { id: true } })
  return deleteBackups(tx, old.map((one) => one.id))
}

/** The kept ones in sight of these engagements, the newest first; at most `limit`. */
export async function findKeptOf(tx: Transaction, audienceIds: readonly string[], limit: number): Promise<BackupRow[]> {
  return (await tx.packageBackup.findMany({ where: { audienceId: { in: [...audienceIds] }, state: "kept" }, orderBy: [{ landedAt: "desc" }, { id: "desc" }], take: limit, select: shown })).map(toRow)
}

/** How it stands with the back-ups of one client: the last sound one, how many are damaged, and since when one is missed. */
export type ClientBackups = { employerId: string; name: string; lastAt: Date | null; kept: number; damaged: number; reminderDays: number | null; isMissed: boolean }

/** The clients of an office in sight that have back-ups or a reminder: first those with something wrong, then by name; at most `limit`. */
export async function findClientBackups(tx: Transaction, now: Date, limit: number): Promise<ClientBackups[]> {
  return tx.$queryRaw<ClientBackups[]>`
    with standing as (
      select e.id as audience_id, c.id, c.name, r.days, r.set_at, b.last_at, coalesce(b.kept, 0) as kept, coalesce(b.damaged, 0) as damaged,
        coalesce(greatest(r.set_at, b.last_at) < ${now}::timestamptz - make_interval(days => r.days), false) as is_missed
      from engagement e
        join employer c on c.id = e.employer_id
        left join package_backup_reminder r on r.audience_id = e.id
        left join lateral (
          select max(landed_at) filter (where damaged_at is null) as last_at, count(*)::int as kept, count(damaged_at)::int as damaged
          from package_backup where audience_id = e.id and state = 'kept'
        ) b on true
      where e.ended_at is null
    )
    select id as "employerId", name, last_at as "lastAt", kept, damaged, days as "reminderDays", is_missed as "isMissed" from standing
    where kept > 0 or days is not null order by (damaged > 0 or is_missed) desc, name, id limit ${limit}::int`
}
