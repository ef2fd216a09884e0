import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { invitationLimits } from "#policy/link-limits.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { insertInvitations } from "./invitation-repository.ts"

/** `triesLeft`: for an invitation that its receiver asked once more, what was left of the one before. */
export type AccountToInvite = { accountId: string; partyId: string; kind: "employer" | "employee"; email: string; triesLeft?: number }

/** By whom: a viewer's account (nobody's when it was asked by its receiver), or a delivery. */
export type InvitedBy = { accountId: string | null } | { deliveryId: string }

/**
 * Sends accounts of parties their welcome mail and writes each down as an invitation of four days; an older one of the same account is replaced. The mail has a
 * token of its own, that tells where the invitation stands and opens nothing.
 */
export async function inviteAccounts(tx: Transaction, accounts: readonly AccountToInvite[], by: InvitedBy, now: Date): Promise<void> {
  if (accounts.length === 0) return
  const mailFor = { employer: "welcome-employer", employee: "welcome-employee" } as const
  const expiresAt = new Date(now.getTime() + invitationLimits.lifetime)
  const byAccountId = "accountId" in by ? by.accountId : null
  const delivery = "deliveryId" in by ? { deliveryId: by.deliveryId } : {}
  const invited = accounts.map((account) => ({ ...account, token: newSecret() }))
  const rows = invited.map(({ accountId, partyId, token, triesLeft = invitationLimits.tries }) => ({ id: newId(), accountId, partyId, byAccountId, tokenHash: hashSecret(token), createdAt: now, expiresAt, triesLeft }))
  await insertInvitations(tx, rows, now)
  await queueMails(tx, invited.map(({ kind, accountId, partyId, email, token }) => ({ kind: mailFor[kind], accountId, toAddress: email, partyId, token, ...delivery })), now)
}
