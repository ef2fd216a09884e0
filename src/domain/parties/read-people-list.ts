import { createHmac } from "node:crypto"
import { Invalid } from "#policy/errors.ts"
import { maxColumns } from "#policy/upload-limits.ts"
import { CsvRefused, type CsvRow, readCsv } from "#platform/csv.ts"
import { dayOfSerial, openXlsx, XlsxRefused, type XlsxSheet } from "#platform/xlsx.ts"
import type { ImportField } from "#policy/import-fields.ts"
import { type ColumnFields, guessColumns, isEnough, isValue, knownHeadings, type PeopleColumn } from "./people-columns.ts"
import { type ImportProblem, importProblem, type PeopleRead, setDuplicatesAside } from "./read-people.ts"
import { cleanText, type PersonRead, type RawPerson, readPerson } from "./read-person.ts"

/**
 * How a list is to be read: `sheet` of a workbook (null: one with headings that we know, else the first with anything on it), and which field each column is (null: as remembered, or as
 * the headings say). `remembered` are the columns of earlier lists of this employer, by the hash of their headings, made with `salt`.
 */
export type ListChoices = {
  sheet: number | null
  fields: ColumnFields | null
  remembered: readonly { headings: string; fields: ColumnFields }[]
  salt: string
}

/**
 * The columns of a list as they were read, or with `isSure` false as they seem to be: then nobody was read, and somebody must say. `headings` is a
 * keyed hash of the row of headings, which stands on `line`; `sheets` are the visible sheets of a workbook, by their place in it.
 */
export type ListColumns = {
  columns: PeopleColumn[]
  isSure: boolean
  headings: string
  line: number
  sheet: number | null
  sheets: { place: number; name: string }[]
}

/** `ignoredColumns` are the headings that are passed over, in the order of the file. */
export type PeopleList = PeopleRead & { ignoredColumns: string[]; columns: ListColumns }

const noChoices: ListChoices = { sheet: null, fields: null, remembered: [], salt: "" }

/**
 * Reads people from a CSV with a row of headings on one of its first ten lines. Throws Invalid: import-not-csv, import-quotes (details.line), import-too-large,
 * import-empty (no rows, or no people under the headings), import-no-header (details.line), import-column-twice (details.line), import-columns-missing.
 */
export function readPeopleCsv(bytes: Uint8Array, choices = noChoices): PeopleList {
  const rows = refusing(() => readCsv(bytes).rows)
  return readList([{ place: null, name: "", from1904: false, rows: () => rows }], choices, false)
}

/** As readPeopleCsv, from a workbook (.xlsx): one of its visible sheets. Throws Invalid also: import-not-xlsx, import-old-excel, import-macros, import-unreadable. */
export function readPeopleXlsx(bytes: Uint8Array, choices = noChoices): PeopleList {
  const sheets = refusing(() => openXlsx(bytes))
  const visible = sheets.flatMap((sheet, place) => (sheet.isHidden ? [] : { place, name: cleanText(sheet.name).slice(0, 40), from1904: sheet.from1904, rows: () => evenRows(sheet) }))
  return readList(visible, choices, true)
}

/** A sheet, or the one list of a CSV. */
type Sheet = { place: number | null; name: string; from1904: boolean; rows: () => CsvRow[] }

/** Rows of a sheet end at their last cell with text: each gets as many as the widest. */
function evenRows(sheet: XlsxSheet): CsvRow[] {
  const rows = refusing(() => sheet.read())
  const width = rows.reduce((most, { fields }) => Math.max(most, fields.length), 0)
  for (const { fields } of rows) while (fields.length < width) fields.push("")
  return rows
}

function refusing<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof CsvRefused) throw new Invalid(`import-${error.code}`, error.line === undefined ? {} : { line: error.line })
    if (error instanceof XlsxRefused) throw new Invalid(`import-${error.code}`)
    throw error
  }
}

function readList(all: readonly Sheet[], choices: ListChoices, isWorkbook: boolean): PeopleList {
  const tables = all.map(({ place, name, from1904, rows }) => ({ place, name, from1904, ...tableOf(rows(), choices.salt) })).filter(({ rows }) => rows.length > 0)
  const known = choices.fields ? undefined : tables.find(({ headings }) => choices.remembered.some((one) => one.headings === headings))
  const likely = known ?? tables.find(({ header: one }) => knownHeadings(one) > 1) ?? tables[0]
  const table = choices.sheet === null ? likely : tables.find(({ place }) => place === choices.sheet)
  if (!table) throw new Invalid("import-empty")
  const { header, rows, headings, from1904 } = table
  const told = choices.fields ?? choices.remembered.find((one) => one.headings === headings)?.fields
  if (header.fields.length > maxColumns) throw new Invalid("import-too-large")
  if (!told && tables.length === 1 && knownHeadings(header) < 2 && header.fields.some((cell) => isValue(cleanText(cell)))) throw new Invalid("import-no-header", { line: header.line })
  const guess = guessColumns(header.fields.map((heading) => cleanText(heading).slice(0, 60)), rows)
  const columns = guess.columns.map((column, index) => (told ? { ...column, field: told[index] ?? null } : column))
  const isSure = told !== undefined || (guess.isSure && tables.length === 1)
  const seen = { columns, isSure, headings, line: header.line, sheet: table.place, sheets: isWorkbook ? tables.map(({ place, name }) => ({ place: place ?? 0, name })) : [] }
  if (!isSure) return { people: [], problems: [], setAside: [], ignoredColumns: [], columns: seen }
  return { ...readRows(rows, columns.map(({ field }) => field), { isWorkbook, from1904 }, header.line), ignoredColumns: ignoredOf(columns), columns: seen }
}

/** The row of headings, and what stands under it. Titles may stand over it: it is the first with two headings that we know, or the first of all. */
function tableOf(rows: readonly CsvRow[], salt: string): { header: CsvRow; rows: CsvRow[]; headings: string } {
  const at = Math.max(rows.slice(0, 10).findIndex((row) => knownHeadings(row) > 1), 0)
  const header = rows[at] ?? { line: 1, fields: [] }
  const headings = createHmac("sha256", salt).update(JSON.stringify(header.fields.map(spelling))).digest("hex")
  return { header, rows: rows.slice(at + 1), headings }
}

/** A heading as it is remembered: another way to write it is the same, another number, sign or script is not. */
function spelling(heading: string): string {
  return cleanText(heading).normalize("NFKD").toLowerCase().replace(/[\s.:_-]/g, "")
}

function ignoredOf(columns: readonly PeopleColumn[]): string[] {
  return columns.filter(({ heading, field }) => heading !== "" && field === null).map(({ heading }) => heading)
}

/** Where rows come from: a workbook, whose days may count from 1904, or a CSV. */
type Source = { isWorkbook: boolean; from1904: boolean }

function readRows(rows: readonly CsvRow[], fields: ColumnFields, source: Source, line: number): PeopleRead {
  const twice = fields.find((field, index) => field !== null && fields.indexOf(field) !== index)
  if (twice) throw new Invalid("import-column-twice", { line })
  if (!isEnough(fields)) throw new Invalid("import-columns-missing")
  const read = rows.map((row) => readRow(row, fields, source))
  return setDuplicatesAside({
    people: read.flatMap(({ person }) => person ?? []),
    problems: read.flatMap(({ problems }) => problems),
    setAside: read.flatMap(({ person, number }) => (person || !number ? [] : number)),
  })
}

function readRow({ line, fields }: CsvRow, columns: ColumnFields, { isWorkbook, from1904 }: Source): PersonRead {
  const raw: RawPerson = {}
  columns.forEach((field, index) => {
    if (field) raw[field] = { text: dayIn(field, fields[index] ?? "", from1904), line }
  })
  const outOfStep = isWorkbook ? null : widthProblem(line, fields, columns.length)
  if (outOfStep) return { person: null, number: cleanText(raw.number?.text ?? ""), problems: [outOfStep] }
  return readPerson(raw, line)
}

const days = new Set<ImportField>(["birthDate", "employmentFrom", "employmentTo"])

/** A day that lost its style is a number of five digits: the days since 1900, or as the workbook counts. */
function dayIn(field: ImportField, text: string, from1904: boolean): string {
  return days.has(field) && /^\s*[0-9]{5}(\.[0-9]+)?\s*$/.test(text) ? (dayOfSerial(Number(text), from1904) ?? text) : text
}

/** A row that is out of step with the headings cannot be trusted in any column. Empty fields beyond the last heading do no harm. */
function widthProblem(line: number, fields: readonly string[], width: number): ImportProblem | null {
  if (fields.length < width) return importProblem(line, "too-few-fields", null)
  return fields.slice(width).some((field) => field.trim()) ? importProblem(line, "too-many-fields", null) : null
}
