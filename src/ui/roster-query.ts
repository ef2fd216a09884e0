import { redirect } from "next/navigation"
import { ROSTER_STATES, type RosterState } from "#policy/roster-states.ts"
import { holdsBsn } from "#policy/search-words.ts"
import { numberIn, wordIn } from "./asked.ts"

type Asked = Readonly<Record<string, string | string[] | undefined>>

/** What the address of a list in pages asks: a page, what is sought, a state of access and an order. `op` is the order as the address has it. */
export type RosterQuery<Order extends string> = { text: string; page: number; state: RosterState | null; order: Order; isFalling: boolean; op: string }

/** Reads ?q= ?toegang= ?op= ?pagina= of an address; `orders` may be asked, the first without asking. A BSN may stand in no address: whoever typed one is sent on without it. */
export function rosterQuery<Order extends string>(asked: Asked, here: string, orders: readonly [Order, ...Order[]]): RosterQuery<Order> {
  const text = wordIn(asked.q)
  if (holdsBsn(text)) redirect(here)
  const op = wordIn(asked.op)
  const order = orders.find((one) => one === op.replace(/^-/, ""))
  const state = ROSTER_STATES.find((one) => one === wordIn(asked.toegang)) ?? null
  return { text, state, order: order ?? orders[0], isFalling: order !== undefined && op.startsWith("-"), page: numberIn(asked.pagina) ?? 1, op: order ? op : "" }
}

/** The address with something of it changed; a change other than of the page begins on the first page. */
export function rosterHref(here: string, { text, state, op }: Omit<RosterQuery<string>, "order">, change: { state?: RosterState | null; op?: string; page?: number }): string {
  const shown = change.state === undefined ? state : change.state
  const parts = { q: text, toegang: shown ?? "", op: change.op ?? op, pagina: change.page && change.page > 1 ? String(change.page) : "" }
  const query = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== ""))
  return query.size > 0 ? `${here}?${query}` : here
}
