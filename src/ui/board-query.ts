import { BOARD_ORDERS, type BoardOrder } from "#policy/board-states.ts"
import { numberIn, wordIn } from "./asked.ts"

/** What the address of the month board asks: a year, an order, and whether only clients for whom something has to be done. */
export type BoardQuery = { year: number | null; order: BoardOrder; isFalling: boolean; onlyToDo: boolean; text: string }

/** Reads ?jaar= ?op= ?toon= ?q= of an address; without an order by name. */
export function boardQuery(asked: Readonly<Record<string, string | string[] | undefined>>): BoardQuery {
  const op = wordIn(asked.op)
  const order = BOARD_ORDERS.find((one) => one === op.replace(/^-/, ""))
  const year = numberIn(asked.jaar)
  return { year: year !== null && year >= 1900 ? year : null, order: order ?? "naam", isFalling: order !== undefined && op.startsWith("-"), onlyToDo: wordIn(asked.toon) === "doen", text: wordIn(asked.q) }
}

/** The address of the board with something of it changed. */
export function boardHref(here: string, query: BoardQuery, change: Partial<BoardQuery>): string {
  const { year, order, isFalling, onlyToDo } = { ...query, ...change }
  const parts = { jaar: year === null ? "" : String(year), op: order === "naam" && !isFalling ? "" : `${isFalling ? "-" : ""}${order}`, toon: onlyToDo ? "doen" : "" }
  const text = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== "")).toString()
  return text ? `${here}?${text}` : here
}
