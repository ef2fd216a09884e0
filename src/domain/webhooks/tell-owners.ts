import type { Transaction } from "#platform/database.ts"
import { findWorkers } from "../accounts/find-workers.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findOfficeById } from "../parties/find-office.ts"

/** Mails the owners of a webhook's party that it was stopped. No address and no name is in it. As the system. */
export async function tellOwnersOfStop(tx: Transaction, partyId: string, now: Date): Promise<void> {
  const { email } = (await findOfficeById(tx, partyId)) ?? (await findEmployerById(tx, partyId))
  const owners = await findWorkers(tx, { partyId, partyEmail: email, employerId: partyId, onlyOwners: true })
  await queueMails(tx, owners.map(({ accountId, email: toAddress }) => ({ kind: "webhook-stopped" as const, accountId, toAddress })), now)
}
