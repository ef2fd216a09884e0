import { isSought, searchWords } from "#policy/search-words.ts"

/** What the rows of a section are sorted on: "naam", "periode" or "datum", from low to high, or from high to low with a "-" before it. */
export type FileOrder = { by: "naam" | "periode" | "datum"; falling: boolean }

type Sortable = { title: string; at: Date; period?: string }

/** The order an address asks for, or null for the order of the dossier itself. */
export function readFileOrder(text: string | undefined): FileOrder | null {
  const [, minus, by] = /^(-?)(naam|periode|datum)$/.exec(text ?? "") ?? []
  return by === "naam" || by === "periode" || by === "datum" ? { by, falling: minus === "-" } : null
}

/** The parameter for a head that is clicked: rising first, and the other way round the second time. */
export function nextOrder(current: FileOrder | null, by: FileOrder["by"]): string {
  return current?.by === by && !current.falling ? `-${by}` : by
}

const collator = new Intl.Collator("nl", { numeric: true })

const comparers = {
  naam: (a, b) => collator.compare(a.title, b.title),
  periode: (a, b) => Number(a.period ?? 0) - Number(b.period ?? 0),
  datum: (a, b) => a.at.getTime() - b.at.getTime(),
} satisfies Record<FileOrder["by"], (a: Sortable, b: Sortable) => number>

/** The rows in an order; rows that are equal in it stay as they were. */
export function sortFiles<Row extends Sortable>(rows: readonly Row[], order: FileOrder | null): readonly Row[] {
  if (!order) return rows
  const compare = comparers[order.by]
  return rows.toSorted((a, b) => (order.falling ? compare(b, a) : compare(a, b)))
}

/** The rows in which every word is found, as title, period or owner: what LiveFind does on the page. "mrt", "03" and "P3" are March. */
export function sought<Row extends { title: string; period?: string | undefined; owner?: string | undefined }>(rows: readonly Row[], text: string): readonly Row[] {
  const words = searchWords(text)
  return words.length === 0 ? rows : rows.filter(({ title, period, owner }) => isSought([title, period, owner].filter(Boolean).join(" "), words))
}
