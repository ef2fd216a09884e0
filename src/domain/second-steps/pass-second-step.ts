import { asSystem, asSystemOnce, type Transaction } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { Conflict, Invalid, TooMany } from "#policy/errors.ts"
import { pendingLimits } from "#policy/second-step-rules.ts"
import { tryLimits } from "#policy/try-limits.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { roleOf } from "../accounts/role-of.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { noteFailure, noteOnceAnHour } from "../attempts/limit-tries.ts"
import { beginSession } from "../sessions/begin-session.ts"
import { acceptCode } from "./accept-code.ts"
import { deletePending, findPending, spendPendingTry } from "./pending-repository.ts"
import { findSecondSteps } from "./second-step-repository.ts"

/** A sign-in that waits for its second step: by which ways it may go on. Null when it waited too long, or has no tries left. */
export async function viewPending(secret: string, now: Date): Promise<{ hasCodeApp: boolean; hasPasskey: boolean } | null> {
  const system = asSystemOnce("sign-in")
  const pending = await findPending(system, hashSecret(secret), now)
  const steps = pending && (await findSecondSteps(system, pending.accountId))
  return steps ? { hasCodeApp: steps.hasCodeApp, hasPasskey: steps.passkeys > 0 } : null
}

type Passed = { session: string; by: "code" | "recovery-code" }
type Refused = { by: "wrong" | "off"; triesLeft: number }

/**
 * Goes inside with a code of the app or a recovery code, and returns the secret of the new session, and which of both it was. Five tries for one right
 * password, also when they come all at once; each costs one before it is looked at. After five wrong ones the holder is mailed, once an hour at most
 * (ASVS 6.3.5). Conflict when there is nothing that waits.
 */
export async function passSecondStep(input: { pending: string; code: string }, now: Date): Promise<Passed> {
  const outcome = await asSystem<Passed | Refused>("sign-in", async (tx) => {
    const waiting = await findPending(tx, hashSecret(input.pending), now)
    if (waiting) await holdAccount(tx, waiting.accountId)
    const pending = waiting && (await spendPendingTry(tx, hashSecret(input.pending), now))
    if (!pending) throw new Conflict("second-step-over")
    const { accountId, partyId, device, triesLeft } = pending
    const by = await acceptCode(tx, accountId, input.code, now)
    if (by === "wrong" || by === "off") {
      await tellOfTries(tx, accountId, triesLeft, now)
      return { by, triesLeft }
    }
    const kind = await roleOf(tx, { accountId, partyId })
    if (!kind) throw new Conflict("second-step-over")
    await deletePending(tx, pending.id)
    return { by, session: await beginSession(tx, { accountId, partyId, kind, device }, now) }
  })
  if ("session" in outcome) return outcome
  if (outcome.triesLeft === 0) throw new TooMany("second-step-tries-used")
  if (outcome.by === "off") throw new TooMany("code-app-off")
  throw new Invalid("code-wrong", { field: "code", left: outcome.triesLeft })
}

/** Tells the holder that somebody has the password and not the second step: after five wrong codes for one right password, or within an hour. */
async function tellOfTries(tx: Transaction, accountId: string, triesLeft: number, now: Date): Promise<void> {
  const [wrong = 0] = await noteFailure(tx, [{ about: "second-step-wrong", of: accountId, limit: tryLimits.account }], now)
  if (triesLeft > 0 && wrong < pendingLimits.tries) return
  if (await noteOnceAnHour(tx, { about: "second-step-told", of: accountId }, now)) await tellOfChange(tx, accountId, "second-step-tried", now)
}
