import type { PartyKind } from "./viewer.ts"

/** What somebody may do for a party: an owner everything, and say who works there; a member the work; a reader look; for the overviews look at those alone. */
export const RANKS = ["owner", "member", "reader", "overviews"] as const

export type Rank = (typeof RANKS)[number]

/** The ranks that there are at each kind of party. An employee is one person, and its owner. */
export const ranksOf = { office: ["owner", "member", "reader"], employer: ["owner", "reader", "overviews"], employee: ["owner"] } as const satisfies Record<PartyKind, readonly Rank[]>

/** Whether this rank may change something of the party: its files, people, deliveries. */
export function mayChange(rank: Rank): boolean {
  return rank === "owner" || rank === "member"
}

/** Whether this rank sees the whole of its party, as far as that goes; else of an employer the series overviews alone (docs/decisions/021). */
export function seesParty(rank: Rank): boolean {
  return rank !== "overviews"
}
