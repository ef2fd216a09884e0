import type { Transaction } from "#platform/database.ts"
import { expireInvitations, hasProof, holdNewestInvitation, holdOwnRole } from "./invitation-repository.ts"
import { inviteAccounts } from "./invite-accounts.ts"

/** The account of a party itself, not of somebody who works there. */
export type OwnAccount = { accountId: string; isBlocked: boolean }

/** The account of a party itself, held by the transaction with its access; null when there is none. */
export async function holdOwnAccount(tx: Transaction, partyId: string): Promise<OwnAccount | null> {
  const role = await holdOwnRole(tx, partyId)
  return role && { accountId: role.accountId, isBlocked: role.blockedAt !== null }
}

/**
 * Invites somebody without a password at another address, where that person had been invited and this was neither withdrawn nor blocked, and payroll knows
 * something to prove; what was sent before is over. Returns whether a new invitation went out.
 */
export async function moveInvitation(tx: Transaction, to: { partyId: string; kind: "employer" | "employee"; email: string }, by: { accountId: string }, now: Date): Promise<boolean> {
  const role = await holdOwnRole(tx, to.partyId)
  const invitation = role && !role.hasPassword ? await holdNewestInvitation(tx, role.accountId) : null
  if (!role || !invitation || invitation.withdrawnAt) return false
  const mayInvite = role.blockedAt === null && (await hasProof(tx, to.partyId))
  if (mayInvite) await inviteAccounts(tx, [{ ...to, accountId: role.accountId }], { accountId: by.accountId }, now)
  else await endInvitations(tx, role.accountId, now)
  return mayInvite
}

/** Ends what was sent to somebody without a password. */
export async function endInvitations(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await expireInvitations(tx, accountId, now)
}
