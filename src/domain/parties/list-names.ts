import { asViewer } from "#platform/database.ts"
import { listName } from "#policy/person-name.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findEmployees } from "./employee-repository.ts"
import { servedEmployer } from "./served-employer.ts"

export type EmployeeName = { id: string; number: string; name: string }

const most = 5000

/** Everybody at an employer by number and name, to choose one from, in the order of the core surname; at most 5,000. NotFound when the employer is out of sight. */
export async function listNames(viewer: Viewer, input: { employerId: string | null }): Promise<EmployeeName[]> {
  return asViewer(viewer, async (tx) => {
    const employer = await servedEmployer(tx, viewer, input.employerId)
    const employees = await findEmployees(tx, employer.id, { offset: 0, limit: most })
    return employees.map((employee) => ({ id: employee.id, number: employee.number, name: listName(employee) }))
  })
}
