import { Icon } from "./icon.tsx"
import { type ActWords, type Cell, packed } from "./row-data.ts"
import { TableRows } from "./table-rows.tsx"

export type Column<Row> = {
  title: string
  /** Text, markup, or for long lists the data of a cell. */
  cell: (row: Row) => Cell
  /**
   * What becomes of it on a narrow screen, where a row is a card: the name of the card, a line under it, a tag on a line of its own,
   * the actions at the end, a checkbox before it, or away (only for what the name says already).
   */
  card: "name" | "line" | "tag" | "actions" | "pick" | "away"
  /** On a card the value alone says too little: put the title before it. */
  labelled?: boolean
  numeric?: boolean
  /** Never broken over two lines: a date, a number with its unit. */
  still?: boolean
  /** The head becomes a link that sorts; `order` when the table is sorted on it now. */
  sort?: { href: string; order?: "ascending" | "descending" }
}

type Props<Row> = {
  /** Read out before the table; not shown. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** "unread" (bold, with a dot), "past" (struck), "bad" (a red edge); several may be joined by a space. */
  stateOf?: (row: Row) => string | undefined
  /** Leaves room for the dot of unread rows. */
  dots?: boolean
  /** The words of the icons in cells of the kind "acts". */
  actWords?: ActWords
}

/** Rows that are a table on a wide screen and cards on a narrow one, in one piece of HTML. */
export function DataTable<Row>({ caption, columns, rows, keyOf, stateOf, dots = false, actWords = {} }: Props<Row>) {
  const picks = columns.some((column) => column.card === "pick")
  return (
    <table className={`table${dots ? " dots" : ""}${picks ? " picks" : ""}`}>
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.title} column={column} />
          ))}
        </tr>
      </thead>
      <TableRows
        columns={columns.map((column) => ({ className: classOf(column), label: column.labelled ? column.title : undefined }))}
        rows={packed(rows.map((row) => ({ key: keyOf(row), state: stateOf?.(row), cells: columns.map((column) => column.cell(row)) })))}
        words={actWords}
      />
    </table>
  )
}

function Head<Row>({ column: { title, card, numeric, sort } }: { column: Column<Row> }) {
  const className = numeric ? "num" : card === "name" || card === "pick" ? card : undefined
  if (card === "actions" || card === "pick") {
    return (
      <th scope="col" className={className}>
        <span className="vh">{title}</span>
      </th>
    )
  }
  return (
    <th scope="col" className={className} aria-sort={sort?.order}>
      {sort ? (
        <a href={sort.href}>
          {title}
          <Icon small name={sort.order === "ascending" ? "up" : sort.order === "descending" ? "down" : "sort"} />
        </a>
      ) : (
        title
      )}
    </th>
  )
}

function classOf<Row>({ card, numeric, still }: Column<Row>): string {
  const role = card === "tag" ? "tag-cell" : card === "away" ? "line away" : card
  return [role, numeric && "num", still && "nowrap"].filter(Boolean).join(" ")
}
