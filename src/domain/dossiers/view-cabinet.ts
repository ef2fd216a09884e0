import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { filesOfDossier, type FilesOfYear } from "../files/files-of-dossier.ts"
import { findPerson } from "../parties/find-person.ts"
import { servedEmployer } from "../parties/served-employer.ts"
import type { EmployeeData, EmployerData } from "../parties/party-views.ts"

export type EmployeeCabinet = FilesOfYear & { employee: EmployeeData; employer: EmployerData }
export type EmployerCabinet = FilesOfYear & { employer: EmployerData }

/** An employee's dossier as its employer or the employer's office sees it: what was sent, and what the employee shared, without the private address. NotFound when out of sight. */
export async function viewEmployeeCabinet(viewer: Viewer, input: { employeeId: string; year: number | null }, now: Date): Promise<EmployeeCabinet> {
  return asViewer(viewer, async (tx) => {
    const employee = await findPerson(tx, input.employeeId)
    if (!employee || viewer.kind === "employee") throw new NotFound()
    const employer = await servedEmployer(tx, viewer, employee.employerId)
    return { employee: { ...employee, privateEmail: null }, employer, ...(await filesOfDossier(tx, viewer, employee.id, input.year, now)) }
  })
}

/** A client's dossier as its office sees it: what this office delivered, and what the employer shared. */
export async function viewEmployerCabinet(viewer: Viewer, input: { employerId: string; year: number | null }, now: Date): Promise<EmployerCabinet> {
  return asViewer(viewer, async (tx) => {
    const employer = await servedEmployer(tx, viewer, input.employerId)
    return { employer, ...(await filesOfDossier(tx, viewer, employer.id, input.year, now)) }
  })
}
