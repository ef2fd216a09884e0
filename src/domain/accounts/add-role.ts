import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { findPrivateEmail, updatePrivateEmail } from "./address-repository.ts"
import { insertRole } from "./role-repository.ts"
import { markActive } from "./account-repository.ts"

/** Lets an account act for one more party: a director who is employee too, a second job. For who has checked that it is the same person. */
export async function addRole(tx: Transaction, input: { accountId: string; partyId: string }, now: Date): Promise<void> {
  await insertRole(tx, { id: newId(), ...input })
  await updatePrivateEmail(tx, input.accountId, await findPrivateEmail(tx, input.accountId))
  await markActive(tx, [input.partyId], now)
}
