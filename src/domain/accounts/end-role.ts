import type { Transaction } from "#platform/database.ts"
import { endWaiting } from "../second-steps/end-waiting.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { forgetWaysIn } from "./forget-ways-in.ts"
import { holdAccount } from "./hold-account.ts"
import { endPasswordLinks } from "./link-repository.ts"
import { endRole, findRoles, findTakenAway, forgetActive } from "./role-repository.ts"
import { deleteFormerUsernames, updateUsername } from "./username-repository.ts"

type Role = { accountId: string; partyId: string }

/**
 * Ends the role of an account at a party, with its sessions there, and whatever was mailed or waits to get in. Its other roles go on; without any, the account
 * forgets its ways in, and its username is nobody's. For who held the party (hold-parties.ts); the caller records it.
 */
export async function endRoleOf(tx: Transaction, role: Role, now: Date): Promise<void> {
  const { accountId } = role
  await holdAccount(tx, accountId)
  await endRole(tx, role, now)
  await endSessionsOf(tx, role, now)
  await endWaiting(tx, accountId)
  await endPasswordLinks(tx, accountId, now)
  if ((await findRoles(tx, accountId)).length > 0) return
  await forgetWaysIn(tx, accountId, now)
  await deleteFormerUsernames(tx, accountId)
  await updateUsername(tx, accountId, `ended:${accountId}`)
}

/** As endRoleOf, for a party that nobody is to get into before it is invited anew: not by the private address of who was inside either. */
export async function takeRole(tx: Transaction, role: Role, now: Date): Promise<void> {
  await endRoleOf(tx, role, now)
  await forgetActive(tx, role.partyId)
}

/** Those of these parties whose own account was taken away. They are not welcomed by themselves any more: somebody has to invite them. */
export async function partiesTakenAway(tx: Transaction, partyIds: readonly string[]): Promise<Set<string>> {
  return findTakenAway(tx, partyIds)
}

/** How many parties an account acts for, or would if it was not blocked there. */
export async function countRoles(tx: Transaction, accountId: string): Promise<number> {
  return (await findRoles(tx, accountId)).length
}
