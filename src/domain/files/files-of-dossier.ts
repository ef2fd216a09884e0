import type { Reader } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDossierYear, type FileRow } from "./file-repository.ts"

export type { FileRow } from "./file-repository.ts"

/** What a viewer sees of one dossier. `years` has the shown year and every year with payroll files, newest first. */
export type FilesOfYear = { year: number; years: number[]; payroll: FileRow[]; own: FileRow[] }

/** The files in a party's dossier for one year; without a year, the newest that has something. Own files are not bound to a year. NotFound when the dossier is out of sight. */
export async function filesOfDossier(reader: Reader, viewer: Viewer, ownerId: string, asked: number | null, now: Date): Promise<FilesOfYear> {
  const found = await findDossierYear(reader, ownerId, asked, Number(dayOf(now).slice(0, 4)), viewer.accountId)
  if (!found) throw new NotFound()
  const { year, files } = found
  const years = [...new Set([year, ...found.years])].sort((a, b) => b - a)
  return { year, years, payroll: files.filter((file) => file.origin === "payroll"), own: files.filter((file) => file.origin === "own") }
}
