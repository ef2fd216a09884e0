import type { Transaction } from "#platform/database.ts"
import { unseal } from "#platform/secrets.ts"
import { stepOf } from "#platform/totp.ts"
import { codeAppFailures } from "#policy/second-step-rules.ts"
import { recordEvents } from "../audit/record-event.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { spendRecoveryCode } from "./recovery-codes.ts"
import { addFailure, findTotp, useStep } from "./totp-repository.ts"

/** What a code was good for. "off": the code app had too many wrong codes in a row and counts no more; a recovery code or passkey still does. */
export type AcceptedCode = "code" | "recovery-code" | "wrong" | "off"

/**
 * Takes a code of the app or a recovery code of an account, each once (RFC 6238, section 5.2; ASVS 6.5.1): a code of a step that was used, or of one before it,
 * is wrong. A wrong one is recorded; the caller has to let its transaction stand. Using a recovery code is mailed to the holder.
 */
export async function acceptCode(tx: Transaction, accountId: string, text: string, now: Date): Promise<AcceptedCode> {
  const digits = text.replace(/[\s-]/g, "")
  const accepted = /^\d{6}$/.test(digits) ? await acceptDigits(tx, accountId, digits, now) : (await spendRecoveryCode(tx, accountId, text, now)) ? "recovery-code" : "wrong"
  if (accepted === "recovery-code") {
    await recordEvents(tx, [{ chainId: accountId, kind: "account.recovery-code-used", accountId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "recovery-code-used", now)
  }
  if (accepted === "wrong" || accepted === "off") await recordEvents(tx, [{ chainId: accountId, kind: "account.second-step-failed", subjectId: accountId }])
  return accepted
}

async function acceptDigits(tx: Transaction, accountId: string, digits: string, now: Date): Promise<AcceptedCode> {
  const totp = await findTotp(tx, accountId)
  if (!totp?.sealed) return "wrong"
  if (totp.failures >= codeAppFailures) return "off"
  const step = stepOf(unseal("totp", totp.sealed, accountId).toString(), digits, now)
  if (step !== null && (await useStep(tx, accountId, step))) return "code"
  await addFailure(tx, accountId)
  return "wrong"
}
