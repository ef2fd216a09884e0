import { asSystem, asSystemOnce } from "#platform/database.ts"
import { qrCode, type QrCode } from "#platform/qr-code.ts"
import { seal, unseal } from "#platform/secrets.ts"
import { newTotpSecret, stepOf, totpAddress } from "#platform/totp.ts"
import { Conflict, Forbidden, Invalid } from "#policy/errors.ts"
import { codeAppWaits, whyKeepCodeApp } from "#policy/second-step-rules.ts"
import type { Viewer } from "#policy/viewer.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { recordEvents } from "../audit/record-event.ts"
import { makeRecoveryCodes } from "./recovery-codes.ts"
import { deleteRecoveryCodes } from "./recovery-repository.ts"
import { findSecondSteps } from "./second-step-repository.ts"
import { confirmWaiting, deleteTotp, findTotp, keepWaiting } from "./totp-repository.ts"

/** What an app needs to make codes: the picture, and the same to be typed, in groups of four. */
export type CodeAppSetUp = { qr: QrCode; address: string; secret: string }

/** Begins to set up a code app, or another one: makes a secret that waits an hour to be confirmed. Until then what was goes on. */
export async function beginCodeApp({ accountId }: Viewer, now: Date): Promise<void> {
  await asSystem("second-step", (tx) => keepWaiting(tx, accountId, seal("totp", Buffer.from(newTotpSecret()), accountId), now))
}

/** The secret that waits to be confirmed, or null when none does. */
export async function viewCodeAppSetUp({ accountId, username }: Viewer, now: Date): Promise<CodeAppSetUp | null> {
  const secret = openWaiting(await findTotp(asSystemOnce("second-step"), accountId), accountId, now)?.secret
  if (!secret) return null
  const address = totpAddress(secret, username)
  return { qr: qrCode(address), address, secret: secret.replace(/(.{4})(?=.)/g, "$1 ") }
}

/** Lets the code app that was set up count, when a code shows that it works, and returns a new set of recovery codes, to be shown once. Conflict when none waited. */
export async function confirmCodeApp({ accountId, partyId }: Viewer, input: { code: string }, now: Date): Promise<string[]> {
  return asSystem("second-step", async (tx) => {
    await holdAccount(tx, accountId)
    const waiting = openWaiting(await findTotp(tx, accountId), accountId, now)
    if (!waiting) throw new Conflict("code-app-not-begun")
    const step = stepOf(waiting.secret, input.code.replace(/[\s-]/g, ""), now)
    if (step === null) throw new Invalid("code-app-wrong", { field: "code" })
    if (!(await confirmWaiting(tx, accountId, waiting.sealed, step, now))) throw new Conflict("code-app-not-begun")
    await recordEvents(tx, [{ chainId: accountId, kind: "account.second-step-on", accountId, partyId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "second-step-on", now)
    return makeRecoveryCodes(tx, accountId, now)
  })
}

/** Turns the code app off. Forbidden where it is the only second step of who must have one; Conflict when it is off. Without any second step the recovery codes end too. */
export async function turnOffCodeApp({ accountId, partyId }: Viewer, now: Date): Promise<void> {
  await asSystem("second-step", async (tx) => {
    await holdAccount(tx, accountId)
    const steps = await findSecondSteps(tx, accountId)
    const why = steps && whyKeepCodeApp(steps)
    if (why) throw new Forbidden(why)
    if (!(await deleteTotp(tx, accountId))) throw new Conflict("code-app-not-on")
    if (steps?.passkeys === 0) await deleteRecoveryCodes(tx, accountId)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.second-step-off", accountId, partyId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "second-step-off", now)
  })
}

/** A new set of recovery codes, to be shown once; the old set ends. Conflict for who has no second step to recover. */
export async function renewRecoveryCodes({ accountId, partyId }: Viewer, now: Date): Promise<string[]> {
  return asSystem("second-step", async (tx) => {
    await holdAccount(tx, accountId)
    const steps = await findSecondSteps(tx, accountId)
    if (!steps?.hasCodeApp && !steps?.passkeys) throw new Conflict("code-app-not-on")
    await recordEvents(tx, [{ chainId: accountId, kind: "account.recovery-codes-new", accountId, partyId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "recovery-codes-new", now)
    return makeRecoveryCodes(tx, accountId, now)
  })
}

function openWaiting(row: Awaited<ReturnType<typeof findTotp>>, accountId: string, now: Date): { sealed: Uint8Array<ArrayBuffer>; secret: string } | null {
  if (!row?.waiting || !row.waitingAt || now.getTime() - row.waitingAt.getTime() > codeAppWaits) return null
  return { sealed: row.waiting, secret: unseal("totp", row.waiting, accountId).toString() }
}
