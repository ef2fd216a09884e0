import { asViewer, type Transaction } from "#platform/database.ts"
import { newPassword, seal } from "#platform/secrets.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { holdPassword, isAllowed, isOn, isRefused, passwordBy, replacePassword, setAllowed, setOn, type PasswordBy } from "./payslip-mail-repository.ts"
import { payrollOf } from "./whose.ts"

/** Whether it is allowed for one client; null for who does not run payroll there. NotFound out of sight. */
export async function viewClientMails(viewer: Viewer, { employerId }: { employerId: string }): Promise<{ isAllowed: boolean } | null> {
  return asViewer(viewer, async (tx) => {
    if (!(await runsPayroll(tx, viewer))) return null
    return { isAllowed: await isAllowed(tx, { employerId: await payrollOf(tx, viewer, { employerId }), senderId: viewer.partyId }) }
  })
}

/**
 * Lets the viewer's payslips of a client go by mail to who is switched on, or no more. Allowing is against our advice: Invalid "payslip-mail-unsure" without `isSure`.
 * Who was switched on stays so, and gets nothing while it is not allowed. Twice is harmless. NotFound out of sight; Forbidden for who does not run payroll there.
 */
export async function allowPayslipMails(viewer: Viewer, input: { employerId: string; allow: boolean; isSure: boolean }, now: Date): Promise<void> {
  assertMayChange(viewer)
  await asViewer(viewer, async (tx) => {
    const employerId = await payrollOf(tx, viewer, input)
    if (input.allow && !input.isSure) throw new Invalid("payslip-mail-unsure", { field: "sure" })
    const isNew = await setAllowed(tx, { employerId, senderId: viewer.partyId }, input.allow ? { by: viewer.accountId, at: now } : null)
    if (isNew) await recordEvents(tx, [{ chainId: employerId, kind: input.allow ? "payslip-mail.allowed" : "payslip-mail.disallowed", subjectId: employerId }])
  })
}

export type PersonMails = { isAllowed: boolean; isOn: boolean; isRefused: boolean; passwordBy: PasswordBy | null }

/** How it stands for one person; null for who does not run payroll there. NotFound out of sight. */
export async function viewPersonMails(viewer: Viewer, { employeeId }: { employeeId: string }): Promise<PersonMails | null> {
  return asViewer(viewer, async (tx) => {
    if (!(await runsPayroll(tx, viewer))) return null
    const employerId = await payrollOf(tx, viewer, { employeeId })
    const senderId = viewer.partyId
    return { isAllowed: await isAllowed(tx, { employerId, senderId }), isOn: await isOn(tx, { employeeId, senderId }), isRefused: await isRefused(tx, employeeId), passwordBy: await passwordBy(tx, employeeId) }
  })
}

/**
 * Sends somebody's payslips by mail as well from the next delivery on. Returns what opens them, made now and shown this once, to be handed over apart from any mail; null
 * where there is one. Twice is harmless. Conflict "payslip-mail-not-allowed" for that client, or "payslip-mail-refused" by the person. NotFound out of sight.
 */
export async function switchPayslipMailsOn(viewer: Viewer, { employeeId }: { employeeId: string }, now: Date): Promise<string | null> {
  assertMayChange(viewer)
  return asViewer(viewer, async (tx) => {
    const employerId = await payrollOf(tx, viewer, { employeeId })
    if (!(await isAllowed(tx, { employerId, senderId: viewer.partyId }))) throw new Conflict("payslip-mail-not-allowed")
    if (await isRefused(tx, employeeId)) throw new Conflict("payslip-mail-refused")
    await holdPassword(tx, employeeId)
    if (await setOn(tx, { employeeId, senderId: viewer.partyId }, { by: viewer.accountId, at: now })) await recordEvents(tx, [{ chainId: employeeId, kind: "payslip-mail.switched-on", subjectId: employeeId }])
    return (await passwordBy(tx, employeeId)) === null ? makePassword(tx, employeeId, now) : null
  })
}

/** Sends somebody's payslips by mail no more. Twice is harmless. NotFound out of sight. */
export async function switchPayslipMailsOff(viewer: Viewer, { employeeId }: { employeeId: string }): Promise<void> {
  assertMayChange(viewer)
  await asViewer(viewer, async (tx) => {
    await payrollOf(tx, viewer, { employeeId })
    if (await setOn(tx, { employeeId, senderId: viewer.partyId }, null)) await recordEvents(tx, [{ chainId: employeeId, kind: "payslip-mail.switched-off", subjectId: employeeId }])
  })
}

/** Makes another password and returns it, shown this once. What was mailed before opens with the old one. Conflict "payslip-password-own" where the person chose it; NotFound out of sight. */
export async function renewPayslipPassword(viewer: Viewer, { employeeId }: { employeeId: string }, now: Date): Promise<string> {
  assertMayChange(viewer)
  return asViewer(viewer, async (tx) => {
    await payrollOf(tx, viewer, { employeeId })
    if (!(await isOn(tx, { employeeId, senderId: viewer.partyId }))) throw new Conflict("payslip-mail-not-allowed")
    await holdPassword(tx, employeeId)
    if ((await passwordBy(tx, employeeId)) === "employee") throw new Conflict("payslip-password-own")
    return makePassword(tx, employeeId, now)
  })
}

async function makePassword(tx: Transaction, employeeId: string, now: Date): Promise<string> {
  const password = newPassword()
  await replacePassword(tx, { employeeId, sealed: seal("payslip-mail", Buffer.from(password), employeeId), madeBy: "sender", madeAt: now })
  await recordEvents(tx, [{ chainId: employeeId, kind: "payslip-mail.password-made", subjectId: employeeId }])
  return password
}
