import type { Transaction } from "#platform/database.ts"
import { Conflict, TooMany } from "#policy/errors.ts"
import { closeInvitation, holdNewestInvitation, spendInvitationTry } from "./invitation-repository.ts"

/**
 * Whether an account without a password may get a link to choose its first one: not when its invitation is over or ended, was withdrawn, or has no tries left. A link
 * that was mailed in time lives its own hour.
 */
export async function mayChooseFirst(tx: Transaction, accountId: string, now: Date): Promise<boolean> {
  const invitation = await holdNewestInvitation(tx, accountId)
  return !invitation || (invitation.withdrawnAt === null && invitation.replacedAt === null && invitation.triesLeft > 0 && invitation.expiresAt > now)
}

/** Refuses a first password: Conflict when the invitation was withdrawn, TooMany after five wrong checks over all links, until a new invitation is sent. */
export async function assertMayChooseFirst(tx: Transaction, accountId: string): Promise<void> {
  const invitation = await holdNewestInvitation(tx, accountId)
  if (invitation?.withdrawnAt) throw new Conflict("invitation-withdrawn")
  if (invitation?.triesLeft === 0) throw new TooMany("invitation-tries-used")
}

/** Counts a wrong check against the person, over all links. Returns how many are left; null for who was never invited. */
export async function noteWrongProof(tx: Transaction, accountId: string): Promise<number | null> {
  const invitation = await holdNewestInvitation(tx, accountId)
  if (!invitation) return null
  await spendInvitationTry(tx, invitation.id)
  return Math.max(0, invitation.triesLeft - 1)
}

/** Notes that the first password was chosen. */
export async function noteInvitationUsed(tx: Transaction, accountId: string, now: Date): Promise<void> {
  const invitation = await holdNewestInvitation(tx, accountId)
  if (invitation && !invitation.usedAt) await closeInvitation(tx, invitation.id, { usedAt: now })
}
