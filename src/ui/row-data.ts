import type { ReactNode } from "react"

/** A cell as data instead of markup, for long lists: a row of these is a third of the work of the same row in markup. */
export type CellData =
  | { is: "name"; text: string; href?: string; after?: string; tag?: TagData }
  | { is: "pick"; name: string; value: string; label: string }
  | { is: "tag"; tag: TagData }
  | { is: "acts"; of: string; acts: readonly Act[] }

export type TagData = { state: "good" | "wait" | "bad" | "past"; text: string }

/** An icon that does something: its name in icons.css and in the words. */
export type Act = { icon: string; href: string; download?: true }

/** Per icon: its tooltip ("Bekijk"), and its accessible name with {title} for what it is about ("Bekijk {title}"). */
export type ActWords = Readonly<Record<string, { short: string; full: string }>>

export type Cell = ReactNode | CellData
type PlainCell = string | number | null | undefined | CellData

export type RowData<Kind = Cell> = { key: string; state?: string; cells: readonly Kind[] }

/**
 * Rows on their way to the browser: as one string where all cells are plain, since React looks at every value in a list of objects, twice,
 * and at a string only once (50 rows: 1.5 ms of processor time less).
 */
export type PackedRows = { text: string } | { rows: readonly RowData[] }

/** Packs rows for TableRows. */
export function packed(rows: readonly RowData[]): PackedRows {
  return rows.every((row) => row.cells.every(isPlain)) ? { text: JSON.stringify(rows) } : { rows }
}

/** The rows that were packed. */
export function unpacked(rows: PackedRows): readonly RowData[] {
  if ("rows" in rows) return rows.rows
  const parsed: readonly RowData<PlainCell>[] = JSON.parse(rows.text)
  return parsed
}

export function isCellData(cell: Cell): cell is CellData {
  return typeof cell === "object" && cell !== null && "is" in cell
}

function isPlain(cell: Cell): cell is PlainCell {
  return typeof cell !== "object" || cell === null || isCellData(cell)
}
