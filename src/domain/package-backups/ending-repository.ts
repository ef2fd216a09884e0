import type { Transaction } from "#platform/database.ts"

/** Back-ups of a client that left: whose they are, what that client was called, and until when they stay. */
export type Ending = { audienceId: string; officeId: string; employerName: string; goesAt: Date; warnedAt: Date }

const columns = { audienceId: true, officeId: true, employerName: true, goesAt: true, warnedAt: true } as const

/** Those in sight of the viewer of this transaction, the first to go first. */
export async function findEndings(tx: Transaction): Promise<Ending[]> {
  return tx.packageBackupEnding.findMany({ orderBy: [{ goesAt: "asc" }, { audienceId: "asc" }], select: columns })
}

/** Keeps until when they stay. False when that was kept before, and stays as it is. As the system. */
export async function insertEnding(tx: Transaction, ending: Ending): Promise<boolean> {
  return (await tx.packageBackupEnding.createMany({ data: [ending], skipDuplicates: true })).count === 1
}

/** How many of an engagement there are, or are being read. As the system. */
export async function countToEnd(tx: Transaction, audienceId: string): Promise<number> {
  return tx.packageBackup.count({ where: { audienceId, state: { in: ["kept", "checking"] } } })
}

/** Engagements that ended and have back-ups of which nobody wrote down until when they stay: the last came in at that very moment. At most `limit`. As the system. */
export async function findWithoutEnding(tx: Transaction, limit: number): Promise<{ audienceId: string; officeId: string; employerId: string }[]> {
  return tx.$queryRaw<{ audienceId: string; officeId: string; employerId: string }[]>`
    select e.id as "audienceId", e.office_id as "officeId", e.employer_id as "employerId" from engagement e
    where e.ended_at is not null and e.id in (select b.audience_id from package_backup b where b.state in ('kept', 'checking'))
      and not exists (select from package_backup_ending x where x.audience_id = e.id)
    limit ${limit}::int`
}

/** Those that go before a moment, of which the owners were last told before another one; at most `limit`, held by nobody else. As the system. */
export async function holdEndings(tx: Transaction, { goesBefore, warnedBefore, limit }: { goesBefore: Date; warnedBefore: Date; limit: number }): Promise<Ending[]> {
  return tx.$queryRaw<Ending[]>`
    select audience_id as "audienceId", office_id as "officeId", employer_name as "employerName", goes_at as "goesAt", warned_at as "warnedAt" from package_backup_ending
    where goes_at <= ${goesBefore}::timestamptz and warned_at <= ${warnedBefore}::timestamptz order by goes_at limit ${limit}::int for update skip locked`
}

/** Notes that the owners were told. As the system. */
export async function markWarned(tx: Transaction, audienceId: string, now: Date): Promise<void> {
  await tx.packageBackupEnding.update({ where: { audienceId }, data: { warnedAt: now }, select: { audienceId: true } })
}

/** Takes away what there is of an engagement besides its back-ups. As the system. */
export async function deleteEnding(tx: Transaction, audienceId: string): Promise<void> {
  await tx.packageBackupReminder.deleteMany({ where: { audienceId } })
  await tx.packageBackupKey.deleteMany({ where: { audienceId } })
  await tx.packageBackupEnding.deleteMany({ where: { audienceId } })
}
