import type { CsvRow } from "./csv.ts"
import { attributeIn, plain, screenedText, tagsOf } from "./xlsx-scan.ts"
import { readXml, type XmlElement, XmlRefused } from "./xml.ts"
import { openZip, type ZipParts, ZipRefused } from "./zip-reading.ts"

/** Why bytes are not read as a workbook. "old-excel" is an .xls, or a workbook with a password; "macros" holds programs. Holds no content. */
export class XlsxRefused extends Error {
  readonly code: "not-xlsx" | "old-excel" | "macros" | "too-large" | "unreadable"

  constructor(code: XlsxRefused["code"]) {
    super(`Workbook refused: ${code}`)
    this.name = "XlsxRefused"
    this.code = code
  }
}

/** A sheet by its name, and whether its workbook counts days from 1904; its rows are read when asked for, as those of a CSV are: only rows with text, each with its number on the sheet. */
export type XlsxSheet = { name: string; isHidden: boolean; from1904: boolean; read: () => CsvRow[] }

const limits = { bytes: 12_000_000, part: 80_000_000, whole: 120_000_000, parts: 2_000, small: 4_000_000, sheets: 50, rows: 50_000, fields: 200, texts: 1_000_000 } as const

/**
 * Opens a workbook (ECMA-376, .xlsx) of a stranger. Of a formula the stored outcome is read; dates come as YYYY-MM-DD, numbers as plain digits.
 * Nothing is run, and nothing outside the file is looked at. Throws XlsxRefused, reading a sheet too.
 */
export function openXlsx(bytes: Uint8Array): XlsxSheet[] {
  return refusing(() => {
    if (bytes.byteLength > limits.bytes) throw new XlsxRefused("too-large")
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new XlsxRefused("old-excel")
    const parts = openZip(bytes, limits)
    if (!parts.has("xl/workbook.xml")) throw new XlsxRefused("not-xlsx")
    if (parts.has("xl/vbaProject.bin")) throw new XlsxRefused("macros")
    const workbook = treeOf(parts, "xl/workbook.xml")
    const places = new Map(childrenOf(treeOf(parts, "xl/_rels/workbook.xml.rels"), "Relationship").map(({ attributes }) => [attributes.get("Id"), attributes.get("Target")]))
    const sheets = childrenOf(childrenOf(workbook, "sheets")[0], "sheet")
    if (sheets.length > limits.sheets) throw new XlsxRefused("too-large")
    const from1904 = ["1", "true"].includes(childrenOf(workbook, "workbookPr")[0]?.attributes.get("date1904") ?? "")
    let book: Book | undefined
    return sheets.map(({ attributes }) => ({
      name: attributes.get("name") ?? "",
      from1904,
      isHidden: attributes.has("state") && attributes.get("state") !== "visible",
      read: () => refusing(() => {
        book ??= { texts: sharedTexts(parts), isDate: dateStyles(parts), from1904 }
        return rowsOf(parts, placeOf(places.get(idOf(attributes))), book)
      }),
    }))
  })
}

/** The day of a number as spreadsheets count days since 1900, or 1904, as YYYY-MM-DD; null outside 1900 to 2100. */
export function dayOfSerial(serial: number, from1904 = false): string | null {
  const day = Math.floor(serial) + (from1904 ? 1462 : 0)
  if (!(day >= 1 && day <= 73_415)) return null
  return new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * 86_400_000).toISOString().slice(0, 10)
}

type Book = { texts: readonly string[]; isDate: readonly boolean[]; from1904: boolean }

function refusing<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof ZipRefused) throw new XlsxRefused(error.code === "not-zip" ? "not-xlsx" : error.code === "too-large" ? "too-large" : "unreadable")
    if (error instanceof XmlRefused) throw new XlsxRefused(error.code === "too-large" ? "too-large" : "unreadable")
    if (error instanceof TypeError) throw new XlsxRefused("unreadable")
    throw error
  }
}

function treeOf(parts: ZipParts, name: string): XmlElement | undefined {
  const bytes = parts.read(name)
  return bytes ? readXml(bytes, { maxBytes: limits.small }) : undefined
}

const childrenOf = (parent: XmlElement | undefined, name: string) => parent?.children.filter((child) => child.name === name) ?? []

function idOf(attributes: XmlElement["attributes"]): string {
  return [...attributes].find(([name]) => /^\w+:id$/.test(name))?.[1] ?? ""
}

function placeOf(target: string | undefined): string {
  return !target ? "" : target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`
}

const dateFormats = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** By the number of a style, whether it shows a number as a day. */
function dateStyles(parts: ZipParts): boolean[] {
  const styles = treeOf(parts, "xl/styles.xml")
  const own = new Map(childrenOf(childrenOf(styles, "numFmts")[0], "numFmt").map(({ attributes }) => [attributes.get("numFmtId"), attributes.get("formatCode") ?? ""]))
  return childrenOf(childrenOf(styles, "cellXfs")[0], "xf").map(({ attributes }) => {
    const id = attributes.get("numFmtId") ?? ""
    const format = own.get(id)
    return format === undefined ? dateFormats(Number(id)) : /[dy]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ""))
  })
}

/** The texts that cells name by number; how they are spoken (rPh) is left out. */
function sharedTexts(parts: ZipParts): string[] {
  const bytes = parts.read("xl/sharedStrings.xml")
  if (!bytes) return []
  const text = screenedText(bytes)
  const texts: string[] = []
  let [start, isSpoken] = [-1, false]
  for (const { name, isEnd, isEmpty, from, to } of tagsOf(text)) {
    if (name === "si" && !isEnd && texts.push("") > limits.texts) throw new XlsxRefused("too-large")
    if (name === "rPh") isSpoken = !isEnd && !isEmpty
    if (name !== "t" || isEmpty || isSpoken) continue
    if (isEnd && start >= 0) texts.push((texts.pop() ?? "") + plain(text.slice(start, from)))
    start = isEnd ? -1 : to
  }
  return texts
}

function rowsOf(parts: ZipParts, place: string, book: Book): CsvRow[] {
  const bytes = parts.read(place)
  if (!bytes) throw new XlsxRefused("unreadable")
  const text = screenedText(bytes)
  const rows: CsvRow[] = []
  let row: CsvRow = { line: 0, fields: [] }
  let cell = { column: -1, type: "", style: 0, value: "" }
  let [root, last, start] = ["", "", -1]
  for (const { name, attributes, isEnd, isEmpty, from, to } of tagsOf(text)) {
    root ||= name
    last = isEnd || isEmpty ? name : ""
    if (name === "row") {
      if (isEnd && row.fields.some((field) => field.trim())) rows.push(row)
      if (rows.length > limits.rows) throw new XlsxRefused("too-large")
      if (!isEnd) row = { line: Number(attributeIn(attributes, "r")) || row.line + 1, fields: [] }
      if (!isEnd) cell = { ...cell, column: -1 }
    } else if (name === "c" && !isEnd) {
      cell = { column: columnOf(attributeIn(attributes, "r")) ?? cell.column + 1, type: attributeIn(attributes, "t"), style: Number(attributeIn(attributes, "s")), value: "" }
    } else if ((name === "v" || name === "t") && !isEmpty) {
      if (isEnd && start >= 0) cell.value += plain(text.slice(start, from))
      start = isEnd ? -1 : to
    } else if (name === "c" && cell.value) put(row, cell.column, textOf(cell, book))
  }
  if (root !== last) throw new XlsxRefused("unreadable")
  return rows
}

function put({ fields }: CsvRow, column: number, value: string): void {
  if (!value.trim()) return
  if (column >= limits.fields) throw new XlsxRefused("too-large")
  while (fields.length < column) fields.push("")
  fields[column] = value
}

/** The column of "C12" counted from 0. */
function columnOf(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference)?.[1]
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null
}

function textOf({ type, style, value }: { type: string; style: number; value: string }, { texts, isDate, from1904 }: Book): string {
  if (type === "s") return texts[Number(value)] ?? ""
  if (type === "d") return value.slice(0, 10)
  if (type !== "" && type !== "n") return value
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  return (isDate[style] ? dayOfSerial(number, from1904) : null) ?? (Math.abs(number) < 1e15 ? String(number) : value)
}
