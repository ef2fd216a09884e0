/**
 * The states of a delivery on the month board, and what the board makes of each: how its cell looks, and whether somebody has to do something. Where a client has
 * several deliveries in one period, the state that stands first here leads. A delivery may get other states; this is the one table that they need a line in.
 */
export const boardStates = {
  draft: { look: "todo", needsWork: true },
  staged: { look: "wait", needsWork: true },
  reviewing: { look: "wait", needsWork: false },
  planned: { look: "wait", needsWork: false },
  sending: { look: "wait", needsWork: false },
  sent: { look: "good", needsWork: false },
} as const satisfies Record<string, { look: "todo" | "wait" | "good"; needsWork: boolean }>

export type BoardState = keyof typeof boardStates

/** The states, the leading one first. */
export const BOARD_STATES = Object.keys(boardStates).filter(isBoardState)

function isBoardState(text: string): text is BoardState {
  return text in boardStates
}

/** What the board can be sorted on, as its address says it. */
export const BOARD_ORDERS = ["naam", "nummer", "werk", "gelezen"] as const
export type BoardOrder = (typeof BOARD_ORDERS)[number]
