import type { Transaction } from "#platform/database.ts"
import type { AccountHolder } from "./account-repository.ts"
import { linkAddressesOf } from "./link-addresses.ts"
import type { PasswordLinkRow } from "./link-repository.ts"

export type LinkState = "open" | "used" | "expired" | "ended" | "unknown"

/** Where a link stands at a moment. */
export function stateOf(link: Pick<PasswordLinkRow, "usedAt" | "endedAt" | "triesLeft" | "expiresAt"> | null, now: Date): LinkState {
  if (!link) return "unknown"
  if (link.usedAt) return "used"
  if (link.endedAt || link.triesLeft === 0) return "ended"
  return link.expiresAt <= now ? "expired" : "open"
}

/** Where a link for a password stands at a moment: one that was mailed where no link would go now is over too. */
export async function passwordLinkState(tx: Transaction, link: PasswordLinkRow | null, holder: AccountHolder | null, now: Date): Promise<LinkState> {
  const state = stateOf(link, now)
  if (state !== "open" || !link || !holder) return state
  const address = link.address?.toLowerCase()
  return (await linkAddressesOf(tx, holder)).some((one) => one.toLowerCase() === address) ? "open" : "ended"
}
