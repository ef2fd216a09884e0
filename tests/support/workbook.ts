import { crc32, deflateRawSync } from "node:zlib"

/** A cell: text, a number, a day (a number that a style shows as a date), a formula with its stored outcome, or whatever XML. */
export type WorkbookCell = string | number | { day: number } | { formula: string; value: string | number } | { xml: string } | null
export type WorkbookSheet = { name: string; rows: readonly (readonly WorkbookCell[])[]; state?: "hidden" | "veryHidden" }

/** A part of a zip; `size` and `crc` are told instead of the true ones. */
export type ZipPiece = { name: string; content: string | Uint8Array; size?: number; crc?: number; flags?: number }

/** A workbook as a spreadsheet writes it, with shared texts and one style (number 1) that shows a day. */
export function workbook(sheets: readonly WorkbookSheet[], { more = [], date1904 = false }: { more?: readonly ZipPiece[]; date1904?: boolean } = {}): Uint8Array {
  const texts: string[] = []
  const parts = sheets.map(({ rows }, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(rows, texts) }))
  const list = sheets.map(({ name, state }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ""} r:id="rId${index + 1}"/>`)
  const links = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="worksheet" Target="worksheets/sheet${index + 1}.xml"/>`)
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
  return zip([
    { name: "[Content_Types].xml", content: "<Types/>" },
    { name: "xl/workbook.xml", content: `<workbook ${main} ${relations}><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${list.join("")}</sheets></workbook>` },
    { name: "xl/_rels/workbook.xml.rels", content: `<Relationships>${links.join("")}</Relationships>` },
    { name: "xl/styles.xml", content: `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-413]d\\-mm\\-yyyy;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>` },
    ...parts,
    { name: "xl/sharedStrings.xml", content: `<sst ${main}>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t><rPh sb="0" eb="1"><t>spoken</t></rPh></si>`).join("")}</sst>` },
    ...more,
  ])
}

/** A zip of these parts, each packed. */
export function zip(pieces: readonly ZipPiece[]): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, ...told } of pieces) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name)
    const { size = bytes.length, crc = crc32(bytes), flags = 0 } = told
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(flags, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc, 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(size, 18)
    head.writeUInt16LE(path.length, 22)
    locals.push(Buffer.from("PK\u0003\u0004", "latin1"), head, path, packed)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), head, tail, path)
    at += 30 + path.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write("PK\u0005\u0006", "latin1")
  end.writeUInt16LE(pieces.length, 8)
  end.writeUInt16LE(pieces.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...locals, list, end]))
}

function sheetXml(rows: WorkbookSheet["rows"], texts: string[]): string {
  const lines = rows.map((cells, index) => `<row r="${index + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${index + 1}`, texts)).join("")}</row>`)
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${lines.join("")}</sheetData></worksheet>`
}

function cellXml(cell: WorkbookCell, place: string, texts: string[]): string {
  if (cell === null) return `<c r="${place}" s="1"/>`
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === "string") return `<c r="${place}" t="s"><v>${texts.push(cell) - 1}</v></c>`
  if ("day" in cell) return `<c r="${place}" s="1"><v>${cell.day}</v></c>`
  if ("xml" in cell) return cell.xml
  const { formula, value } = cell
  return `<c r="${place}"${typeof value === "string" ? ' t="str"' : ""}><f>${escaped(formula)}</f><v>${escaped(String(value))}</v></c>`
}

const letters = (column: number): string => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")
