import type { Transaction } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findEmployer, type EmployerData } from "./party-repository.ts"

/** The employer a viewer asks about: its own for an employer, a client for an office. NotFound when it is not in sight; Forbidden for an employee. */
export async function servedEmployer(tx: Transaction, viewer: Viewer, employerId: string | null): Promise<EmployerData> {
  if (viewer.kind === "employee") throw new Forbidden()
  const id = viewer.kind === "employer" ? viewer.partyId : employerId
  if (viewer.kind === "employer" && employerId !== null && employerId !== viewer.partyId) throw new NotFound()
  const employer = id ? await findEmployer(tx, id) : null
  if (!employer) throw new NotFound()
  return employer
}
