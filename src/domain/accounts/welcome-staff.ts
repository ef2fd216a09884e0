import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { insertAccounts } from "./account-repository.ts"
import { freeUsernames } from "./free-usernames.ts"

/** Opens an account without a password for somebody who works for a party. The username is the address; where that is taken a number follows it. */
export async function openStaffAccount(tx: Transaction, { partyId, email }: { partyId: string; email: string }): Promise<{ accountId: string; roleId: string }> {
  const [username = newId()] = await freeUsernames(tx, [email])
  const [accountId, roleId] = [newId(), newId()]
  await insertAccounts(tx, [{ id: accountId, roleId, username, partyId, locale: "nl" }])
  return { accountId, roleId }
}

/** Mails somebody who works for a party how to get in. */
export async function welcomeStaff(tx: Transaction, { accountId, partyId, email }: { accountId: string; partyId: string; email: string }, now: Date): Promise<void> {
  await queueMails(tx, [{ kind: "welcome-staff", accountId, toAddress: email, partyId }], now)
}
