import { redirect } from "next/navigation"
import type { ListEmployeesInput, RosterState } from "#domain/parties/list-employees.ts"
import { holdsBsn } from "#policy/search-words.ts"
import { numberIn, wordIn } from "./asked.ts"

type Asked = Readonly<Record<string, string | string[] | undefined>>

/** What the address of a list of people asks: a page, what is sought, a state and an order. */
export type RosterQuery = Required<Omit<ListEmployeesInput, "employerId">> & { op: string }

const states = ["active", "invited", "not-invited", "no-email", "left"] as const satisfies readonly RosterState[]

/** Reads ?q= ?toegang= ?op= ?pagina= of an address. A BSN may stand in no address: whoever typed one is sent on without it. */
export function rosterQuery(asked: Asked, here: string): RosterQuery {
  const text = wordIn(asked.q)
  if (holdsBsn(text)) redirect(here)
  const op = wordIn(asked.op)
  const [, minus, by] = /^(-?)(naam|nr|geboren)$/.exec(op) ?? []
  const order = by === "nr" || by === "geboren" ? by : "naam"
  const state = states.find((one) => one === wordIn(asked.toegang)) ?? null
  return { text, state, order, isFalling: minus === "-", page: numberIn(asked.pagina) ?? 1, op: by ? op : "" }
}

/** The address with something of it changed; a change begins on the first page. */
export function rosterHref(here: string, { text, state, op, page }: RosterQuery, change: Partial<{ state: RosterState | null; op: string; page: number }>): string {
  const next = { text, state, op, page: 1, ...change }
  const pagina = change.page ?? (Object.keys(change).length === 0 ? page : 1)
  const parts = { q: next.text, toegang: next.state ?? "", op: next.op, pagina: pagina > 1 ? String(pagina) : "" }
  const query = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== ""))
  return query.size > 0 ? `${here}?${query}` : here
}
