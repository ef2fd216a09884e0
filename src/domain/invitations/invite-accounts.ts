import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { invitationLimits } from "#policy/link-limits.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { insertInvitations } from "./invitation-repository.ts"

export type AccountToInvite = { accountId: string; partyId: string; kind: "employer" | "employee"; email: string }

/** By whom: a viewer's account, or a delivery. */
export type InvitedBy = { accountId: string } | { deliveryId: string }

/** Sends accounts of parties their welcome mail and writes each down as an invitation of four days; an older one of the same account is replaced. */
export async function inviteAccounts(tx: Transaction, accounts: readonly AccountToInvite[], by: InvitedBy, now: Date): Promise<void> {
  const mailFor = { employer: "welcome-employer", employee: "welcome-employee" } as const
  const expiresAt = new Date(now.getTime() + invitationLimits.lifetime)
  const byAccountId = "accountId" in by ? by.accountId : null
  const rows = accounts.map(({ accountId, partyId }) => ({ id: newId(), accountId, partyId, byAccountId, createdAt: now, expiresAt, triesLeft: invitationLimits.tries }))
  await insertInvitations(tx, rows, now)
  const delivery = "deliveryId" in by ? { deliveryId: by.deliveryId } : {}
  await queueMails(tx, accounts.map(({ kind, accountId, email }) => ({ kind: mailFor[kind], accountId, toAddress: email, ...delivery })), now)
}
