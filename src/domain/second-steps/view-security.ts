import { asSystemOnce } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { askAgainAfter, whyKeepCodeApp, whyKeepPasskey } from "#policy/second-step-rules.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findPasskeys, type PasskeyView } from "./passkey-repository.ts"
import { findSecondSteps } from "./second-step-repository.ts"

/** How the viewer gets in. `codeAppSince` is null where there is none; `mayTurnOff` and `mayRemovePasskey` are false where it is the last that there may be. */
export type Security = {
  hasPassword: boolean
  codeAppSince: Date | null
  recoveryLeft: number
  hasSecondStep: boolean
  mustHaveSecondStep: boolean
  passkeys: PasskeyView[]
  mayTurnOff: boolean
  mayRemovePasskey: boolean
}

/** The ways in of the viewer's account. */
export async function viewSecurity({ accountId }: Viewer): Promise<Security> {
  const system = asSystemOnce("second-step")
  const [steps, passkeys] = await Promise.all([findSecondSteps(system, accountId), findPasskeys(system, accountId)])
  if (!steps) throw new NotFound()
  const { hasPassword, hasCodeApp, codeAppSince, recoveryLeft, mustHaveSecondStep } = steps
  return {
    ...{ hasPassword, codeAppSince, recoveryLeft, mustHaveSecondStep },
    hasSecondStep: hasCodeApp || passkeys.length > 0,
    passkeys: passkeys.map(({ credentialId: _bytes, ...view }) => view),
    mayTurnOff: whyKeepCodeApp(steps) === null,
    mayRemovePasskey: whyKeepPasskey(steps) === null,
  }
}

/** Whether to offer the viewer a second step: has none, and did not choose "Later" in the last thirty days. */
export async function isSecondStepOffered({ accountId }: Viewer, now: Date): Promise<boolean> {
  const steps = await findSecondSteps(asSystemOnce("second-step"), accountId)
  if (!steps || steps.hasCodeApp || steps.passkeys > 0) return false
  return steps.putOffAt === null || now.getTime() - steps.putOffAt.getTime() > askAgainAfter
}
