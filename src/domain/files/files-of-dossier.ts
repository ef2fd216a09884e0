import type { Transaction } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDossierYear, type FileRow } from "./file-repository.ts"

/** What a viewer sees of one dossier. `years` has the shown year and every year with payroll files, newest first. */
export type FilesOfYear = { year: number; years: number[]; payroll: FileRow[]; own: FileRow[] }

/** The files of a dossier for one year; without a year, the newest that has something. Own files are not bound to a year. */
export async function filesOfDossier(tx: Transaction, viewer: Viewer, dossierId: string, asked: number | null, now: Date): Promise<FilesOfYear> {
  const { year, years: withFiles, files } = await findDossierYear(tx, dossierId, asked, now.getFullYear(), viewer.accountId)
  const years = [...new Set([year, ...withFiles])].sort((a, b) => b - a)
  return { year, years, payroll: files.filter((file) => file.origin === "payroll"), own: files.filter((file) => file.origin === "own") }
}
