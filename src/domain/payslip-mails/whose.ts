import type { Transaction } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { employerOf } from "../parties/employer-of.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { servedEmployer } from "../parties/served-employer.ts"

/** The employer of somebody in sight. NotFound out of sight; Forbidden for who does not run payroll there. */
export async function payrollOf(tx: Transaction, viewer: Viewer, of: { employeeId: string } | { employerId: string }): Promise<string> {
  const employerId = "employerId" in of ? of.employerId : await employerOf(tx, of.employeeId)
  if (!employerId) throw new NotFound()
  const { id } = await servedEmployer(tx, viewer, employerId)
  if (!(await runsPayroll(tx, viewer))) throw new Forbidden("payslip-mail-by-office")
  return id
}
