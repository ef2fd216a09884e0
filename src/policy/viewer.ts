import type { ApiScope } from "./api-scopes.ts"
import type { Rank } from "./ranks.ts"

/** A party that can sign in. An engagement is an audience, never a viewer. */
export const PARTY_KINDS = ["office", "employer", "employee"] as const

export type PartyKind = (typeof PARTY_KINDS)[number]

/**
 * Who is asking: an account acting for one of its parties, in one session. Made by the doors from a checked session,
 * never from what a client sent. The database looks the role up again when a transaction is opened for it.
 */
export type Viewer = {
  accountId: string
  partyId: string
  kind: PartyKind
  rank: Rank
  sessionId: string
  username: string
  locale: "nl" | "en"
  /** Has to set up a second step before anything else: every door but those to do so leads there. */
  mustSetUp?: boolean
  /** Of a program that asks with a key: what its owner gave it. The database looks at the key itself. */
  scopes?: readonly ApiScope[]
}
