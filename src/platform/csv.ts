/** Why bytes are not read as CSV: "quotes" is a quoted field that does not end or does not end at a separator. Holds no content. */
export class CsvRefused extends Error {
  readonly code: "not-csv" | "too-large" | "quotes"
  readonly line: number | undefined

  constructor(code: CsvRefused["code"], line?: number) {
    super(`CSV refused: ${code}`)
    this.name = "CsvRefused"
    this.code = code
    this.line = line
  }
}

/** One row. `line` is the line of the file on which it starts, counted from 1, quoted line breaks included. */
export type CsvRow = { line: number; fields: string[] }
export type CsvFile = { encoding: "utf-8" | "utf-16" | "windows-1252"; delimiter: string; rows: CsvRow[] }

const LIMITS = { bytes: 10 * 1024 * 1024, rows: 50_000, fields: 200 } as const

/**
 * Reads the bytes of a CSV as people save it: UTF-8 or UTF-16 by its byte order mark, else UTF-8 when the bytes are, else Windows-1252;
 * the separator (; , | or tab) is the one used most in the first row, or the one of Excel's "sep=" line. Rows without any text are
 * left out, but count as lines. Throws CsvRefused, also above 10 MiB, 50,000 rows or 200 fields in a row.
 */
export function readCsv(bytes: Uint8Array, maxBytes: number = LIMITS.bytes): CsvFile {
  if (bytes.byteLength > maxBytes) throw new CsvRefused("too-large")
  const { encoding, text } = decodeCsv(bytes)
  if (text.includes("\0")) throw new CsvRefused("not-csv")
  const lines = text.replace(/\r\n?/g, "\n")
  const told = /^sep=([;,\t|])\n/i.exec(lines)
  const body = told ? lines.slice(told[0].length) : lines
  const delimiter = told?.[1] ?? delimiterOf(body)
  return { encoding, delimiter, rows: toRows(body, delimiter, told ? 2 : 1) }
}

function decodeCsv(bytes: Uint8Array): { encoding: CsvFile["encoding"]; text: string } {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16", text: new TextDecoder("utf-16le").decode(bytes) }
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16", text: new TextDecoder("utf-16be").decode(bytes) }
  try {
    return { encoding: "utf-8", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return { encoding: "windows-1252", text: new TextDecoder("windows-1252").decode(bytes) }
  }
}

/** Counts separators in the first row that has text, outside quotes; with none, or as many of each, the Dutch semicolon. */
function delimiterOf(text: string): string {
  const start = Math.max(text.search(/\S/), 0)
  const end = text.indexOf("\n", start)
  const header = text.slice(start, end < 0 ? text.length : end).slice(0, 20_000).replace(/"[^"]*"/g, "")
  const counts = [";", ",", "\t", "|"].map((mark) => ({ mark, count: header.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best), { mark: ";", count: 1 }).mark
}

/** Every character is looked at once, whatever the text: a field is read up to what ends it, never searched for further on. */
function toRows(text: string, delimiter: string, firstLine: number): CsvRow[] {
  const rows: CsvRow[] = []
  const bare = new RegExp(`[^${delimiter}\n]*`, "y")
  let line = firstLine
  let row: CsvRow = { line, fields: [] }
  let seen = 0
  for (let at = 0; at <= text.length; at++) {
    const field = text[at] === '"' ? readQuoted(text, at, row.line) : readBare(text, at, bare)
    row.fields.push(field.text)
    at = field.end
    const isLast = text[at] === "\n" || at >= text.length
    if (!isLast && text[at] !== delimiter) throw new CsvRefused("quotes", row.line)
    if (row.fields.length > LIMITS.fields || (isLast && ++seen > LIMITS.rows)) throw new CsvRefused("too-large", row.line)
    line += field.lineBreaks
    if (!isLast) continue
    if (row.fields.some((one) => one.trim())) rows.push(row)
    row = { line: ++line, fields: [] }
  }
  return rows
}

/** `end` is where the separator, the line break or the end of the text stands. */
type Field = { text: string; end: number; lineBreaks: number }

function readBare(text: string, at: number, bare: RegExp): Field {
  bare.lastIndex = at
  const [found = ""] = bare.exec(text) ?? []
  return { text: found, end: at + found.length, lineBreaks: 0 }
}

/** Two quotes are one; spaces between the last quote and what comes next mean nothing (RFC 4180 has none there, people do). */
function readQuoted(text: string, open: number, line: number): Field {
  let close = text.indexOf('"', open + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) throw new CsvRefused("quotes", line)
  const inside = text.slice(open + 1, close)
  let end = close + 1
  while (text[end] === " ") end++
  return { text: inside.replaceAll('""', '"'), end, lineBreaks: inside.split("\n").length - 1 }
}
