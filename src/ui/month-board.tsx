import { getTranslations } from "next-intl/server"
import type { Board, BoardCell, BoardRow } from "#domain/deliveries/view-board.ts"
import { BOARD_ORDERS, boardStates } from "#policy/board-states.ts"
import { periodsPerYear } from "#policy/periods.ts"
import { isSought, searchWords } from "#policy/search-words.ts"
import { BoardKeys } from "./board-keys.tsx"
import { boardHref, type BoardQuery } from "./board-query.ts"
import { EmptyState } from "./empty-state.tsx"
import { FileSection } from "./file-section.tsx"
import { periodShort, type Translator } from "./file-title.ts"

type Props = { board: Board; query: BoardQuery; here: string; clientsAt: string; deliveriesAt: string }

const columns = periodsPerYear("four-weeks")

/** The month board: a row per client, a cell per period, months and four weeks side by side, and one for the annual statements; on a narrow screen a list per client of what there is. */
export async function MonthBoard({ board, query, here, clientsAt, deliveriesAt }: Props) {
  const t = await getTranslations()
  const chip = (label: string, change: Partial<BoardQuery>, isCurrent: boolean) => <a key={label} href={boardHref(here, query, change)} aria-current={isCurrent ? "true" : undefined}>{label}</a>
  const words = searchWords(query.text)
  const rows = board.rows.filter(({ name, number }) => words.length === 0 || isSought([name, number].filter(Boolean).join(" "), words))
  const keep = Object.fromEntries(new URLSearchParams(boardHref("", query, {}).replace("?", "")))
  return (
    <FileSection id="bord" title={t("board.clients")} count={board.rows.length} find="page" query={{ name: "q", value: query.text }} keep={keep}>
      <div className="line-up">
        <nav className="chips" aria-label={t("board.filter")}>
          {chip(t("board.all", { count: board.total }), { onlyToDo: false }, !query.onlyToDo)}
          {chip(t("board.toDo", { count: board.toDo }), { onlyToDo: true }, query.onlyToDo)}
        </nav>
        <nav className="chips" aria-label={t("board.sort")}>
          {BOARD_ORDERS.map((order) => chip(t(`board.orders.${order}`), { order, isFalling: query.order === order && !query.isFalling }, query.order === order))}
        </nav>
      </div>
      {rows.length > 0 ? (
        <BoardKeys>
          <table className="board" role="grid" aria-label={t("board.caption", { year: String(board.year) })}>
            <thead>
              <tr>
                <th scope="col">{t("board.client")}</th>
                {Array.from({ length: columns }, (_, index) => <th key={index} scope="col">{headOf(t, index + 1)}</th>)}
                <th scope="col">{t("board.annual")}</th>
              </tr>
            </thead>
            <tbody>{rows.map((row) => <Line key={row.id} row={row} t={t} clientsAt={clientsAt} deliveriesAt={deliveriesAt} />)}</tbody>
          </table>
        </BoardKeys>
      ) : (
        <EmptyState title={t(board.rows.length > 0 ? "ui.find.none" : board.total > 0 ? "board.nothingToDo" : "clients.empty")}>{board.total > 0 ? null : t("clients.emptyLead")}</EmptyState>
      )}
    </FileSection>
  )
}

function headOf(t: Translator, number: number) {
  const weeks = periodShort(t, { kind: "four-weeks", number })
  return number > periodsPerYear("month") ? weeks : <>{periodShort(t, { kind: "month", number })}<small>{weeks}</small></>
}

function Line({ row, t, clientsAt, deliveriesAt }: { row: BoardRow; t: Translator; clientsAt: string; deliveriesAt: string }) {
  const cells: (BoardCell | null | undefined)[] = [...Array.from({ length: columns }, (_, index) => row.cells[index]), row.annual]
  return (
    <tr>
      <th scope="row">
        <a href={`${clientsAt}/${row.id}`}>{row.name}</a>
        {row.number && <small>{row.number}</small>}
      </th>
      {cells.map((cell, index) => {
        const label = index === columns ? t("board.annual") : index < row.cells.length ? periodShort(t, { kind: row.periodKind, number: index + 1 }) : undefined
        if (cell) return <td key={index} className={lookOf(cell)}><a data-label={label} href={`${deliveriesAt}/${cell.deliveryId}`} title={titleOf(t, cell)}>{textOf(t, cell)}</a></td>
        return row.missing === index + 1 ? <td key={index} className="missing" data-label={label}>{t("board.missing")}</td> : <td key={index} className={cell === undefined ? "none" : undefined} />
      })}
    </tr>
  )
}

function lookOf(cell: BoardCell): string {
  return cell.failed > 0 ? "bad" : boardStates[cell.state].look
}

/** How much of what was sent is opened, or how far the delivery is. A mail that could not be delivered counts more. */
function textOf(t: Translator, cell: BoardCell): string {
  if (cell.state !== "sent") return t(`board.short.${cell.state}`)
  const share = t("board.share", { share: cell.documents === 0 ? 0 : Math.floor((100 * cell.opened) / cell.documents) })
  return cell.failed > 0 ? t("board.withFailed", { share, count: cell.failed }) : share
}

function titleOf(t: Translator, cell: BoardCell): string {
  const parts = [
    t(`delivery.states.${cell.state}`),
    cell.state === "sent" ? t("board.opened", { opened: cell.opened, count: cell.documents }) : t("board.documents", { count: cell.documents }),
    cell.failed > 0 && t("board.failed", { count: cell.failed }),
    cell.others > 0 && t("board.others", { count: cell.others }),
  ]
  return parts.filter(Boolean).join(" · ")
}
