import { asViewer } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findEmployeeIdsByNumber, findEmployeePage, findEmployerIdByWageTaxNumber, findEmployerPage, type IdPage, type ListedEmployee, type ListedEmployer } from "./page-repository.ts"
import { servedEmployer } from "./served-employer.ts"

/** Rows, and after which of them the next page begins; null on the last page. */
export type Page<Row> = { rows: Row[]; next: string | null }

/** The employers that the viewer works for (an employer: itself), a page at a time in the order in which they came. Forbidden for an employee. */
export async function listEmployerPage(viewer: Viewer, input: IdPage): Promise<Page<ListedEmployer>> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => pageOf(await findEmployerPage(tx, oneMore(input)), input.limit))
}

/** One employer that the viewer works for. NotFound when it is out of sight. */
export async function viewEmployer(viewer: Viewer, input: { employerId: string }): Promise<ListedEmployer> {
  return asViewer(viewer, async (tx) => {
    const { id, number, name, wageTaxNumber, periodKind } = await servedEmployer(tx, viewer, input.employerId)
    return { id, number, name, wageTaxNumber, periodKind }
  })
}

/** The employees of an employer, a page at a time in the order in which they came; with one personnel number when asked. NotFound when the employer is out of sight. */
export async function listEmployeePage(viewer: Viewer, input: IdPage & { employerId: string; number: string | null }): Promise<Page<ListedEmployee>> {
  return asViewer(viewer, async (tx) => {
    const employer = await servedEmployer(tx, viewer, input.employerId)
    const ids = input.number === null ? null : await findEmployeeIdsByNumber(tx, employer.id, input.number)
    return pageOf(await findEmployeePage(tx, employer.id, ids, oneMore(input)), input.limit)
  })
}

/** One employee of an employer, as in the list. NotFound when either is out of sight, or the two do not belong together. */
export async function viewEmployee(viewer: Viewer, input: { employerId: string; employeeId: string }): Promise<ListedEmployee> {
  return asViewer(viewer, async (tx) => {
    const employer = await servedEmployer(tx, viewer, input.employerId)
    const [found] = await findEmployeePage(tx, employer.id, [input.employeeId], { after: null, limit: 1 })
    if (!found) throw new NotFound()
    return found
  })
}

/** The id of the employer with this wage tax number, as written by whoever. NotFound when the viewer does not work for it. */
export async function findEmployerByWageTaxNumber(viewer: Viewer, input: { wageTaxNumber: string }): Promise<string> {
  const id = await asViewer(viewer, (tx) => findEmployerIdByWageTaxNumber(tx, input.wageTaxNumber))
  if (!id) throw new NotFound()
  return id
}

/** Asks for one row more than a page has, to know whether there is another page. */
export function oneMore<Asked extends IdPage>(page: Asked): Asked {
  return { ...page, limit: page.limit + 1 }
}

/** Makes a page of what was found by oneMore. */
export function pageOf<Row extends { id: string }>(found: readonly Row[], limit: number): Page<Row> {
  const rows = found.slice(0, limit)
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
}
