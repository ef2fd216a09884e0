import { readAsViewer } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import type { RosterState } from "#policy/roster-states.ts"
import { searchWords } from "#policy/search-words.ts"
import type { Viewer } from "#policy/viewer.ts"
import type { EmployerData } from "./party-repository.ts"
import { countRoster, findRoster, findRosterEmployer, type RosterCounts, type RosterOrder, type RosterRow } from "./roster-repository.ts"

export type { RosterCounts, RosterOrder } from "./roster-repository.ts"

/** One page of employees. `counts` is over all, whatever was sought; `total` is how many were sought, over all pages. */
export type EmployeesView = {
  employer: EmployerData
  total: number
  counts: RosterCounts
  page: number
  pages: number
  perPage: number
  employees: RosterRow[]
}

export type ListEmployeesInput = { employerId: string | null; page: number; text?: string; state?: RosterState | null; order?: RosterOrder; isFalling?: boolean }

const perPage = 100

/**
 * One page (from 1) of an employer's employees, sorted by the database; sought among all of them by name, number or e-mail address. An office names the
 * client; an employer sees its own. Without the private addresses, which are the employees' own. NotFound when the employer is out of sight, Forbidden for an employee.
 */
export async function listEmployees(viewer: Viewer, input: ListEmployeesInput, now: Date): Promise<EmployeesView> {
  if (viewer.kind === "employee") throw new Forbidden()
  if (viewer.kind === "employer" && input.employerId !== null && input.employerId !== viewer.partyId) throw new NotFound()
  const employerId = viewer.kind === "employer" ? viewer.partyId : input.employerId
  if (employerId === null) throw new NotFound()
  const today = dayOf(now)
  const filter = { words: searchWords(input.text ?? ""), state: input.state ?? null, order: input.order ?? "naam", isFalling: input.isFalling ?? false, now, today }
  const asked = Math.max(1, input.page)
  return readAsViewer(viewer, async (reader) => {
    const rowsOf = (page: number) => findRoster(reader, employerId, filter, { offset: (page - 1) * perPage, limit: perPage })
    const [employer, counts, found] = await Promise.all([findRosterEmployer(reader, employerId), countRoster(reader, employerId, filter), rowsOf(asked)])
    if (!employer) throw new NotFound()
    const pages = Math.max(1, Math.ceil(counts.sought / perPage))
    const page = Math.min(asked, pages)
    const rows = page === asked ? found : await rowsOf(page)
    return { employer, total: counts.sought, counts, page, pages, perPage, employees: rows.map((one) => ({ ...one, privateEmail: null })) }
  })
}
