import type { PartyKind } from "./viewer.ts"

/** What somebody may do for a party: an owner everything, and say who works there; a member the work; a reader look. */
export const RANKS = ["owner", "member", "reader"] as const

export type Rank = (typeof RANKS)[number]

/** The ranks that there are at each kind of party. An employee is one person, and its owner. */
export const ranksOf = { office: RANKS, employer: ["owner", "reader"], employee: ["owner"] } as const satisfies Record<PartyKind, readonly Rank[]>

/** Whether this rank may change something of the party: its files, people, deliveries. */
export function mayChange(rank: Rank): boolean {
  return rank !== "reader"
}
