import type { Transaction } from "#platform/database.ts"
import { forgetSecondSteps } from "../second-steps/forget-second-steps.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { forgetBrowsers } from "../sessions/seen-device.ts"
import { forgetPassword } from "./account-repository.ts"
import { endPasswordLinks } from "./link-repository.ts"
import { deleteProvenAddresses } from "./proven-address-repository.ts"
import { deleteFormerUsernames } from "./username-repository.ts"

/**
 * Takes back every way into an account: second steps, password, links that were mailed, sessions, and what browsers and addresses are known. Whoever is to hold it from
 * now on chooses a password by a new link. For who made sure of that; the caller records it.
 */
export async function forgetWaysIn(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await forgetSecondSteps(tx, accountId)
  await forgetPassword(tx, accountId)
  await endPasswordLinks(tx, accountId, now)
  await deleteProvenAddresses(tx, accountId)
  await deleteFormerUsernames(tx, accountId)
  await endSessionsOf(tx, { accountId }, now)
  await forgetBrowsers(tx, accountId)
}
