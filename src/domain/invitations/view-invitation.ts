import { asSystem } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { maskAddress } from "#policy/mask-address.ts"
import { findInvitationByToken, type InvitationByToken } from "./token-repository.ts"

/**
 * Where an invitation stands, for whoever holds the link in the welcome mail and has proved nothing else: who invites, and the username with all but its first
 * letters hidden where it is a mail address. `canRenew`: payroll knows an address to send a new one to.
 */
export type InvitationView =
  | { state: "open"; inviter: string; username: string }
  | { state: "expired"; canRenew: boolean }
  | { state: "withdrawn" | "replaced" | "used" | "tries-used" | "no-proof" | "unknown" }

/** Looks an invitation up by the token of its mail. Looking uses nothing up, however often. */
export async function viewInvitation(token: string, now: Date): Promise<InvitationView> {
  return asSystem("invite", async (tx) => standingOf(await findInvitationByToken(tx, hashSecret(token)), now))
}

/** Where an invitation stands at a moment. */
export function standingOf(found: InvitationByToken | null, now: Date): InvitationView {
  if (!found) return { state: "unknown" }
  if (found.isBlocked) return { state: "withdrawn" }
  if (found.hasPassword) return { state: "used" }
  if (!found.isNewest) return { state: "replaced" }
  if (found.withdrawnAt) return { state: "withdrawn" }
  if (found.triesLeft === 0) return { state: "tries-used" }
  if (!found.hasProof) return { state: "no-proof" }
  if (found.expiresAt <= now) return { state: "expired", canRenew: found.email !== null }
  return { state: "open", inviter: found.inviter, username: maskAddress(found.username) }
}
