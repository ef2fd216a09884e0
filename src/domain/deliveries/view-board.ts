import { readAsViewer } from "#platform/database.ts"
import { BOARD_STATES, boardStates, type BoardOrder, type BoardState } from "#policy/board-states.ts"
import { Forbidden } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import { periodsOver, periodsPerYear, type PeriodKind } from "#policy/periods.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findBoardClients, findBoardYears, findOpenParts, findSentParts, type BoardClient, type BoardPart } from "./board-repository.ts"

/** One period of one client, or its annual statements: period 0. `opened` and `documents` are of what was sent; `deliveryId` is of the state that leads, the newest; `others` are more deliveries of the same period. */
export type BoardCell = { period: number; state: BoardState; deliveryId: string; documents: number; opened: number; failed: number; others: number }

/** A client with its periods and the annual statements of the year: null where nothing is. `missing`: the last period that is over, when nothing was begun for it. */
export type BoardRow = { id: string; name: string; number: string | null; periodKind: PeriodKind; cells: (BoardCell | null)[]; annual: BoardCell | null; missing: number | null; needsWork: boolean }

/** `years` has the shown one, newest first; `toDo` is how many clients need something done, shown or not. */
export type Board = { year: number; years: number[]; rows: BoardRow[]; total: number; toDo: number }

export type BoardInput = { year: number | null; order: BoardOrder; isFalling: boolean; onlyToDo: boolean }

/**
 * The month board of an office: each client that the viewer is for, by the periods of one year, with what stands ready, what was sent and how much of it was
 * opened. Forbidden for anybody but an office. Four statements, which cost by the clients and not by their people.
 */
export async function viewBoard(viewer: Viewer, input: BoardInput, now: Date): Promise<Board> {
  if (viewer.kind !== "office") throw new Forbidden()
  const today = dayOf(now)
  const year = input.year ?? Number(today.slice(0, 4))
  const [clients, sent, open, known] = await readAsViewer(viewer, (reader) =>
    Promise.all([findBoardClients(reader, viewer.partyId), findSentParts(reader, year), findOpenParts(reader, year), findBoardYears(reader)]),
  )
  const parts = Map.groupBy([...open, ...sent], (part) => part.employerId)
  const rows = clients.map((client) => toRow(client, parts.get(client.id) ?? [], (kind) => periodsOver(kind, year, today)))
  const shown = input.onlyToDo ? rows.filter((row) => row.needsWork) : rows
  const sorted = input.order === "naam" ? shown : shown.toSorted((a, b) => comparers[input.order](a, b))
  const years = [...new Set([year, Number(today.slice(0, 4)), ...known])].sort((a, b) => b - a)
  return { year, years, rows: input.isFalling ? sorted.toReversed() : sorted, total: rows.length, toDo: rows.filter((row) => row.needsWork).length }
}

function kindOf({ periodKind }: BoardClient): PeriodKind {
  return periodKind === "four-weeks" ? "four-weeks" : "month"
}

/** A client that changed from months to four weeks within a year has, in that year, the periods of what it was sent last. */
function toRow(client: BoardClient, parts: readonly BoardPart[], overOf: (kind: PeriodKind) => number): BoardRow {
  const bound = parts.filter((part) => part.periodKind !== "year")
  const kind = bound.length > 0 && bound.every((part) => part.periodKind !== client.periodKind) ? otherKind(kindOf(client)) : kindOf(client)
  const over = overOf(kind)
  const cells = Array.from({ length: periodsPerYear(kind) }, (_, index) => toCell(index + 1, parts.filter((part) => part.period === index + 1 && part.periodKind === kind)))
  const annual = toCell(0, parts.filter((part) => part.periodKind === "year"))
  const missing = cells[over - 1] === null ? over : null
  const hasWork = [...cells, annual].some((cell) => cell && (boardStates[cell.state].needsWork || cell.failed > 0))
  return { id: client.id, name: client.name, number: client.number, periodKind: kind, cells, annual, missing, needsWork: hasWork || missing !== null }
}

function otherKind(kind: PeriodKind): PeriodKind {
  return kind === "month" ? "four-weeks" : "month"
}

function toCell(period: number, parts: readonly BoardPart[]): BoardCell | null {
  const state = BOARD_STATES.find((one) => parts.some((part) => stateOf(part) === one))
  const leading = parts.filter((part) => stateOf(part) === state).toSorted((a, b) => (a.deliveryId < b.deliveryId ? 1 : -1))[0]
  if (!state || !leading) return null
  const sum = (of: (part: BoardPart) => number) => parts.reduce((total, part) => total + of(part), 0)
  const isSent = (part: BoardPart) => part.state === "sent"
  const hasSent = parts.some(isSent)
  return {
    period, state, deliveryId: leading.deliveryId,
    documents: sum((part) => (isSent(part) || !hasSent ? part.documents : 0)),
    opened: sum((part) => part.opened), failed: sum((part) => part.failed), others: new Set(parts.map((part) => part.deliveryId)).size - 1,
  }
}

/** Every state of a delivery stands in the table of the board: the compiler says so when there is another one. */
function stateOf({ state }: BoardPart): BoardState {
  return state
}

const collator = new Intl.Collator("nl", { numeric: true })
const work = (row: BoardRow) => [...row.cells, row.annual].reduce((sum, cell) => sum + (cell && boardStates[cell.state].needsWork ? 1 : 0) + (cell && cell.failed > 0 ? 1 : 0), row.missing === null ? 0 : 1)
const share = (row: BoardRow) => {
  const [documents, opened] = [...row.cells, row.annual].reduce(([all, read], cell) => [all + (cell?.state === "sent" ? cell.documents : 0), read + (cell?.opened ?? 0)], [0, 0])
  return documents === 0 ? 2 : opened / documents
}

const comparers = {
  naam: () => 0,
  nummer: (a, b) => collator.compare(a.number ?? "", b.number ?? ""),
  werk: (a, b) => work(b) - work(a),
  gelezen: (a, b) => share(a) - share(b),
} satisfies Record<BoardOrder, (a: BoardRow, b: BoardRow) => number>
