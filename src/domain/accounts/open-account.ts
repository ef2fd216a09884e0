import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashPassword } from "#platform/passwords.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { findTakenUsernames, insertAccounts, markActive } from "./account-repository.ts"
import { normaliseUsername } from "./username.ts"

/**
 * Opens an account with a password for a party. For the operator: everybody else chooses a password by a one-time link, and has to
 * set up a second step where that is required; this one may put it off. Returns its id.
 */
export async function openAccount(tx: Transaction, input: { username: string; password: string; partyId: string }, now: Date): Promise<string> {
  const username = normaliseUsername(input.username)
  if (!username) throw new Invalid("username-invalid", { field: "username" })
  if ((await findTakenUsernames(tx, [username])).size > 0) throw new Conflict("username-taken", { field: "username" })
  const id = newId()
  const passwordHash = await hashPassword(input.password)
  await insertAccounts(tx, [{ id, roleId: newId(), username, partyId: input.partyId, locale: "nl", passwordHash, mayPutOffSecondStep: true }])
  await markActive(tx, [input.partyId], now)
  return id
}
