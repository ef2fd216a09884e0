import { asSystem, type Transaction } from "#platform/database.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { recordEvents } from "../audit/record-event.ts"
import { dropPieces } from "./backup-pieces.ts"
import { deleteBackups, findOfAudience, holdBackups, type Removed } from "./backup-repository.ts"
import { endBackups } from "./end-backups.ts"
import { deleteEnding, findWithoutEnding, holdEndings, markWarned } from "./ending-repository.ts"
import { tellOwners } from "./owner-of.ts"

const batch = 100
const { stays, warned } = backupRules.former

/**
 * Of clients that left: tells the owners of the office two weeks ahead that the back-ups will go, and lets go of those whose time is over and of which that was told
 * at least as long ago. Twice is once, also at once. Returns how many clients each was done for.
 */
export async function letFormerGo(now: Date): Promise<{ warned: number; ended: number }> {
  await inBatches((tx) => beginToEnd(tx, now))
  return { warned: await inBatches((tx) => warn(tx, now)), ended: await inBatches((tx) => letGo(tx, now)) }
}

async function inBatches(work: (tx: Transaction) => Promise<{ count: number; gone: Removed[] }>): Promise<number> {
  const { count, gone } = await asSystem("backup", work)
  await dropPieces(gone)
  return count < batch ? count : count + (await inBatches(work))
}

async function beginToEnd(tx: Transaction, now: Date): Promise<{ count: number; gone: Removed[] }> {
  const found = await findWithoutEnding(tx, batch)
  for (const ended of found) await endBackups(tx, ended, now)
  return { count: found.length, gone: [] }
}

async function warn(tx: Transaction, now: Date): Promise<{ count: number; gone: Removed[] }> {
  const goesBefore = new Date(now.getTime() + warned)
  const endings = await holdEndings(tx, { goesBefore, warnedBefore: new Date(goesBefore.getTime() - stays), limit: batch })
  for (const { audienceId, officeId } of endings) {
    const [one] = await findOfAudience(tx, audienceId)
    if (one) await tellOwners(tx, { partyId: officeId, kind: "office" }, one.employerId, "backup-ending", now)
    await markWarned(tx, audienceId, now)
  }
  return { count: endings.length, gone: [] }
}

async function letGo(tx: Transaction, now: Date): Promise<{ count: number; gone: Removed[] }> {
  const endings = await holdEndings(tx, { goesBefore: now, warnedBefore: new Date(now.getTime() - warned), limit: batch })
  const gone: Removed[] = []
  for (const { audienceId, officeId } of endings) {
    await holdBackups(tx, audienceId)
    const backups = await findOfAudience(tx, audienceId)
    gone.push(...(await deleteBackups(tx, backups.map(({ id }) => id))))
    await recordEvents(tx, backups.map(({ id, year }) => ({ chainId: officeId, kind: "backup.let-go", subjectId: id, details: { year } })))
    await deleteEnding(tx, audienceId)
  }
  return { count: endings.length, gone }
}
