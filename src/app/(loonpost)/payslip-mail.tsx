import { forPage } from "#auth/page-door.ts"
import { viewOwnMails } from "#domain/payslip-mails/own-mails.ts"
import { viewClientMails, viewPersonMails } from "#domain/payslip-mails/switch-mails.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { ClientMails } from "#ui/client-mails.tsx"
import { OwnMails } from "#ui/own-mails.tsx"
import { PersonMails } from "#ui/person-mails.tsx"
import { allowPayslipMailsAction, choosePayslipPasswordAction, refusePayslipMailsAction, renewPayslipPasswordAction, switchPayslipMailsOffAction, switchPayslipMailsOnAction } from "./payslip-mail-actions.ts"

/** Whether payslips of a client may go by mail, for who runs payroll there. */
export async function ClientPayslipMails({ viewer, employerId }: { viewer: Viewer; employerId: string }) {
  if (!mayChange(viewer.rank)) return null
  const mails = await forPage(viewClientMails(viewer, { employerId }))
  return mails && <ClientMails employerId={employerId} isAllowed={mails.isAllowed} action={allowPayslipMailsAction} />
}

/** Whether somebody's payslips go by mail, for who runs payroll there. */
export async function PersonPayslipMails({ viewer, employeeId, here }: { viewer: Viewer; employeeId: string; here: string }) {
  if (!mayChange(viewer.rank)) return null
  const acts = { on: switchPayslipMailsOnAction, off: switchPayslipMailsOffAction, renew: renewPayslipPasswordAction }
  const mails = await forPage(viewPersonMails(viewer, { employeeId }))
  return mails && <PersonMails employeeId={employeeId} here={here} mails={mails} acts={acts} />
}

/** An employee's own payslips by mail. */
export async function OwnPayslipMails({ viewer }: { viewer: Viewer }) {
  return <OwnMails mails={await forPage(viewOwnMails(viewer))} refuseAction={refusePayslipMailsAction} passwordAction={choosePayslipPasswordAction} />
}
