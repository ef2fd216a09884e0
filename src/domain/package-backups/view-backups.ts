import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { servedEmployer } from "../parties/served-employer.ts"
import { findBackups, findBackupYears, findClientBackups, type ClientBackups } from "./backup-repository.ts"
import type { BackupView } from "./backup-views.ts"
import { audienceOf, backupInSight, toView } from "./own-backup.ts"
import { findReminder } from "./reminder-repository.ts"

/** The page "Back-ups": those of one payroll year, what is on its way, and what may be done. `reminderDays` is null for no reminder. */
export type BackupsView = {
  employer: { id: string; name: string }
  year: number
  years: number[]
  kept: BackupView[]
  underWay: BackupView[]
  mayAdd: boolean
  reminderDays: number | null
}

/**
 * The back-ups of an employer of one payroll year, the newest first; without a year the newest that has any, else this one. NotFound when the employer is not in sight, and for an
 * employer that has an office and made none before it had one.
 */
export async function viewBackups(viewer: Viewer, input: { employerId: string | null; year?: number }, now: Date): Promise<BackupsView> {
  return asViewer(viewer, async (tx) => {
    if (viewer.kind === "employee") throw new NotFound()
    const { id, name } = await servedEmployer(tx, viewer, input.employerId)
    const years = await findBackupYears(tx, id)
    const runs = await runsPayroll(tx, viewer)
    if (!runs && years.length === 0) throw new NotFound()
    const year = input.year ?? years[0] ?? now.getUTCFullYear()
    const all = (await findBackups(tx, { employerId: id, year })).map(toView)
    const reminderDays = runs ? await findReminder(tx, (await audienceOf(tx, viewer, id)).audienceId) : null
    const byLanding = (a: BackupView, b: BackupView) => Number(b.landedAt) - Number(a.landedAt)
    return {
      employer: { id, name },
      year,
      years: [...new Set([year, ...years])].sort((a, b) => b - a),
      kept: all.filter((one) => one.state === "kept").sort(byLanding),
      underWay: all.filter((one) => one.state !== "kept"),
      mayAdd: runs && mayChange(viewer.rank),
      reminderDays,
    }
  })
}

/** The kept back-ups of an employer a page at a time, the newest begun first; `cursor` is the last of the page before. NotFound as for viewBackups. */
export async function listBackups(viewer: Viewer, { employerId, year, cursor, limit }: { employerId: string; year?: number; cursor?: string; limit: number }): Promise<{ rows: BackupView[]; next: string | null }> {
  return asViewer(viewer, async (tx) => {
    if (viewer.kind === "employee") throw new NotFound()
    await servedEmployer(tx, viewer, employerId)
    const found = await findBackups(tx, { employerId, limit: limit + 1, onlyKept: true, ...(year === undefined ? {} : { year }), ...(cursor === undefined ? {} : { after: cursor }) })
    const rows = found.slice(0, limit).map(toView)
    return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
  })
}

/** One back-up in sight, in whatever state. NotFound otherwise. */
export async function viewBackup(viewer: Viewer, input: { backupId: string }): Promise<BackupView> {
  return asViewer(viewer, async (tx) => toView(await backupInSight(tx, viewer, input.backupId)))
}

/** The most clients that an office's overview shows. */
const mostClients = 500

/** How it stands with the back-ups of an office's clients, those with something wrong first. NotFound for who is no office. */
export async function viewClientBackups(viewer: Viewer, now: Date): Promise<ClientBackups[]> {
  if (viewer.kind !== "office") throw new NotFound()
  return asViewer(viewer, (tx) => findClientBackups(tx, now, mostClients))
}
