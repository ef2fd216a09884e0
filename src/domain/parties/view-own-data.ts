import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { newestYear } from "../files/newest-year.ts"
import { findEmployee, type EmployeeData } from "./employee-repository.ts"
import { findEmployer, findLiveEngagement, findOffice, type EmployerData, type OfficeData } from "./party-repository.ts"

/** "Mijn gegevens", by what the viewer is. `payrollYear` is the newest year that something of payroll came of, null when nothing did. */
export type OwnData =
  | { kind: "office"; office: OfficeData }
  | { kind: "employer"; employer: EmployerData; officeName: string | null; payrollYear: number | null }
  | { kind: "employee"; employee: EmployeeData; employer: { name: string; city: string | null } }

/** The data of the viewer's own party, as payroll last sent it. */
export async function viewOwnData(viewer: Viewer): Promise<OwnData> {
  return asViewer(viewer, async (tx) => {
    if (viewer.kind === "office") {
      const office = await findOffice(tx, viewer.partyId)
      if (office) return { kind: "office", office }
    } else if (viewer.kind === "employer") {
      const employer = await findEmployer(tx, viewer.partyId)
      const engagement = await findLiveEngagement(tx, viewer.partyId)
      if (employer) return { kind: "employer", employer, officeName: engagement?.officeName ?? null, payrollYear: await newestYear(tx, viewer.partyId) }
    } else {
      const employee = await findEmployee(tx, viewer.partyId)
      const employer = employee && (await findEmployer(tx, employee.employerId))
      if (employee && employer) return { kind: "employee", employee, employer: { name: employer.name, city: employer.city } }
    }
    throw new NotFound()
  })
}
