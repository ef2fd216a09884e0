import { asViewer, type Transaction } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findFilesOfDossier, findYears, type FileRow } from "../files/file-repository.ts"
import { findDossierOf } from "./dossier-repository.ts"

/** One dossier as the viewer sees it: `years` has the shown year and every year with payroll files, newest first. */
export type DossierView = { year: number; years: number[]; payroll: FileRow[]; own: FileRow[] }

/** The viewer's own dossier, for one year; without a year, the newest that has something. */
export async function viewDossier(viewer: Viewer, input: { year: number | null }, now: Date): Promise<DossierView> {
  return asViewer(viewer, (tx) => readDossier(tx, viewer, viewer.partyId, input.year, now))
}

/** The dossier of any party as this viewer sees it. NotFound when the viewer cannot see that party's dossier. */
export async function readDossier(tx: Transaction, viewer: Viewer, ownerId: string, asked: number | null, now: Date): Promise<DossierView> {
  const dossier = await findDossierOf(tx, ownerId)
  if (!dossier) throw new NotFound()
  const withFiles = await findYears(tx, dossier.id)
  const year = asked ?? withFiles[0] ?? now.getFullYear()
  const years = [...new Set([year, ...withFiles])].sort((a, b) => b - a)
  const files = await findFilesOfDossier(tx, dossier.id, year, viewer.accountId)
  return { year, years, payroll: files.filter((file) => file.origin === "payroll"), own: files.filter((file) => file.origin === "own") }
}
