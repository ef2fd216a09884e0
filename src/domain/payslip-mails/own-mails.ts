import { asViewer } from "#platform/database.ts"
import { seal } from "#platform/secrets.ts"
import { Forbidden } from "#policy/errors.ts"
import { payslipPassword } from "#policy/payslip-password.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { isOn, isRefused, passwordBy, replacePassword, setRefused, type PasswordBy } from "./payslip-mail-repository.ts"

/** Whether the viewer's own payslips go by mail, whether the viewer said no to that, and who made what opens them. For employees. */
export async function viewOwnMails(viewer: Viewer): Promise<{ isOn: boolean; isRefused: boolean; passwordBy: PasswordBy | null }> {
  const employeeId = own(viewer)
  return asViewer(viewer, async (tx) => ({ isOn: await isOn(tx, { employeeId }), isRefused: await isRefused(tx, employeeId), passwordBy: await passwordBy(tx, employeeId) }))
}

/** Says no to payslips by mail, whoever wants to send them, or takes that back. From then on nothing goes, also of what waits already. Twice is harmless. For employees. */
export async function refusePayslipMails(viewer: Viewer, { refuse }: { refuse: boolean }, now: Date): Promise<void> {
  const employeeId = own(viewer)
  await asViewer(viewer, async (tx) => {
    if (await setRefused(tx, employeeId, refuse ? now : null)) await recordEvents(tx, [{ chainId: employeeId, kind: refuse ? "payslip-mail.refused" : "payslip-mail.accepted", subjectId: employeeId }])
  })
}

/** Chooses what opens the own payslips in mails from now on; kept sealed. Invalid for one that is too weak (policy/payslip-password.ts). For employees. */
export async function choosePayslipPassword(viewer: Viewer, input: { password: string }, now: Date): Promise<void> {
  const employeeId = own(viewer)
  const password = payslipPassword(input.password)
  await asViewer(viewer, async (tx) => {
    await replacePassword(tx, { employeeId, sealed: seal("payslip-mail", Buffer.from(password), employeeId), madeBy: "employee", madeAt: now })
    await recordEvents(tx, [{ chainId: employeeId, kind: "payslip-mail.password-chosen", subjectId: employeeId }])
  })
}

function own({ kind, partyId }: Viewer): string {
  if (kind !== "employee") throw new Forbidden()
  return partyId
}
