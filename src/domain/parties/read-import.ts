import { createHash } from "node:crypto"
import { asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { blindIndex } from "#platform/secrets.ts"
import { Forbidden, Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { readPeopleApart } from "../reading/read-apart.ts"
import type { PeopleFile, PeopleSource } from "../reading/reading-jobs.ts"
import { findColumnMappings, keepColumnMapping } from "./column-mapping-repository.ts"
import { type ColumnFields, isField } from "./people-columns.ts"
import type { EmployerData } from "./party-repository.ts"
import type { ListColumns } from "./read-people-list.ts"
import { runsPayroll } from "./runs-payroll.ts"
import { servedEmployer } from "./served-employer.ts"

/** How somebody says that a list is to be read: which sheet of a workbook, and which field each column is. */
export type ToldColumns = { sheet: number | null; fields: ColumnFields | null }

/** `bytes` are the file as it was chosen; nothing of it is kept before it is confirmed. */
export type ImportPeopleInput = { employerId: string | null; source: PeopleSource; bytes: Uint8Array; columns?: ToldColumns | undefined }

/**
 * Reads a file of people, apart, for whoever may import for the employer: that is asked first. A list is read as told, else as remembered for its headings.
 * Throws what readPeopleApart throws, and Invalid "import-unknown-employer" for the return of another employer.
 */
export async function readImport(viewer: Viewer, { employerId, source, bytes, columns }: ImportPeopleInput): Promise<{ file: PeopleFile; fingerprint: string }> {
  const { employer, known } = await asViewer(viewer, async (tx) => {
    const found = await employerToImportFor(tx, viewer, employerId)
    return { employer: found, known: await findColumnMappings(tx, found.id) }
  })
  const remembered = known.map(({ headings, fields }) => ({ headings: Buffer.from(headings).toString("hex"), fields: fields.map((field) => (isField(field) ? field : null)) }))
  const salt = Buffer.from(blindIndex("list-headings", employer.id)).toString("hex")
  const choices = { sheet: columns?.sheet ?? null, fields: columns?.fields ?? null, remembered, salt }
  const file = await readPeopleApart(source, bytes, choices)
  if (file.wageTaxNumber !== null && file.wageTaxNumber !== employer.wageTaxNumber) throw new Invalid("import-unknown-employer")
  const hash = createHash("sha256").update(bytes)
  if (file.columns) hash.update(JSON.stringify([file.columns.sheet, fieldsOf(file.columns)]))
  return { file, fingerprint: hash.digest("hex") }
}

/** The employer that the viewer imports people for. NotFound when out of sight; Forbidden for an employer with an office. */
export async function employerToImportFor(tx: Transaction, viewer: Viewer, employerId: string | null): Promise<EmployerData> {
  const employer = await servedEmployer(tx, viewer, employerId)
  if (!(await runsPayroll(tx, viewer))) throw new Forbidden("import-by-office")
  return employer
}

/** Remembers the columns of a list that was brought in: the next one with the same headings is read likewise. */
export async function rememberColumns(tx: Transaction, employerId: string, columns: ListColumns, changedAt: Date): Promise<void> {
  const headings = new Uint8Array(Buffer.from(columns.headings, "hex"))
  await keepColumnMapping(tx, { id: newId(), employerId, headings, fields: fieldsOf(columns).map((field) => field ?? ""), changedAt })
}

const fieldsOf = ({ columns }: ListColumns) => columns.map(({ field }) => field)
