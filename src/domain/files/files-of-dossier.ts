import type { Reader } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import { seesParty } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDossierYear, type FileRow } from "./file-repository.ts"
import { findWithdrawals, findWithdrawalsApart, type WithdrawalRow } from "./recall-repository.ts"

export type { FileRow } from "./file-repository.ts"
export type { WithdrawalRow } from "./recall-repository.ts"

/** What a viewer sees of one dossier. `years` has the shown year and every year with payroll files, newest first. `withdrawn` is what is left of those of this year. */
export type FilesOfYear = { year: number; years: number[]; payroll: FileRow[]; own: FileRow[]; withdrawn: WithdrawalRow[] }

/**
 * The files in a party's dossier for one year; without a year, the newest that has something. Own files are not bound to a year. NotFound when the dossier is
 * out of sight. Who sees of its own party the overviews alone gets those, also when there are none yet, and finds nobody else's dossier.
 */
export async function filesOfDossier(reader: Reader, viewer: Viewer, ownerId: string, asked: number | null, now: Date): Promise<FilesOfYear> {
  const thisYear = Number(dayOf(now).slice(0, 4))
  const isApart = !seesParty(viewer.rank) && ownerId === viewer.partyId
  const [found, withdrawals] = await Promise.all([findDossierYear(reader, isApart ? null : ownerId, asked, thisYear, viewer.accountId), isApart ? findWithdrawalsApart(reader) : findWithdrawals(reader, ownerId)])
  if (!found && !isApart) throw new NotFound()
  const past = withdrawals.flatMap((one) => one.year ?? [])
  const year = found?.years.length ? found.year : (asked ?? past[0] ?? thisYear)
  const files = found?.files ?? []
  const years = [...new Set([year, ...(found?.years ?? []), ...past])].sort((a, b) => b - a)
  const withdrawn = withdrawals.filter((one) => (one.year ?? year) === year)
  return { year, years, payroll: files.filter((file) => file.origin === "payroll"), own: files.filter((file) => file.origin === "own"), withdrawn }
}
