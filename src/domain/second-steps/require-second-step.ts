import type { Transaction } from "#platform/database.ts"
import { requireStep } from "./second-step-repository.ts"

/** Asks a second step of an account in every role where that is required, also when it could put that off until now. */
export async function requireSecondStep(tx: Transaction, accountId: string): Promise<void> {
  await requireStep(tx, accountId)
}
