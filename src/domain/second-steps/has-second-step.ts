import type { Transaction } from "#platform/database.ts"
import { findSecondSteps } from "./second-step-repository.ts"

/** Whether something stands behind the password of an account: a code app or a passkey. */
export async function hasSecondStep(tx: Transaction, accountId: string): Promise<boolean> {
  const steps = await findSecondSteps(tx, accountId)
  return steps !== null && (steps.hasCodeApp || steps.passkeys > 0)
}
