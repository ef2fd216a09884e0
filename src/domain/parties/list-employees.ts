import { asViewer } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { accessOf, type Access } from "./access.ts"
import { countEmployees, findEmployees, type EmployeeData } from "./employee-repository.ts"
import { servedEmployer } from "./served-employer.ts"
import type { EmployerData } from "./party-repository.ts"

export type EmployeesView = { employer: EmployerData; total: number; page: number; pages: number; employees: (EmployeeData & { access: Access })[] }

const perPage = 200

/** One page (from 1) of an employer's employees, sorted on the core surname. An office names the client; an employer sees its own. */
export async function listEmployees(viewer: Viewer, input: { employerId: string | null; page: number }): Promise<EmployeesView> {
  return asViewer(viewer, async (tx) => {
    const employer = await servedEmployer(tx, viewer, input.employerId)
    const total = await countEmployees(tx, employer.id)
    const pages = Math.max(1, Math.ceil(total / perPage))
    const page = Math.min(Math.max(1, input.page), pages)
    const employees = await findEmployees(tx, employer.id, { offset: (page - 1) * perPage, limit: perPage })
    return { employer, total, page, pages, employees: employees.map((one) => ({ ...one, access: accessOf(one) })) }
  })
}
