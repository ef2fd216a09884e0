import type { Transaction } from "#platform/database.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { deletePasskeysOf } from "./passkey-repository.ts"
import { deletePendingOf } from "./pending-repository.ts"
import { deleteRecoveryCodes } from "./recovery-repository.ts"
import { deleteTotp } from "./totp-repository.ts"

/** Takes all second steps of an account away: code app, passkeys, recovery codes. For who made sure of its holder in another way; the caller records it. */
export async function forgetSecondSteps(tx: Transaction, accountId: string): Promise<void> {
  await holdAccount(tx, accountId)
  await deleteTotp(tx, accountId)
  await deletePasskeysOf(tx, accountId)
  await deleteRecoveryCodes(tx, accountId)
  await deletePendingOf(tx, accountId)
}
