import type { Transaction } from "#platform/database.ts"
import { findEmployeesByIds } from "./employee-repository.ts"
import { findEmployer } from "./party-repository.ts"

/** A party that can be mailed, at the address that payroll last sent. `hasProof`: something is known to ask before a first password. */
export type PartyToTell = { partyId: string; kind: "employer" | "employee"; email: string; hasProof: boolean }

/** Those of these employees, and this employer, that have an e-mail address. */
export async function peopleToTell(tx: Transaction, employeeIds: readonly string[], employerId: string | null): Promise<PartyToTell[]> {
  const employees = await findEmployeesByIds(tx, employeeIds)
  const employer = employerId ? await findEmployer(tx, employerId) : null
  const people = employees.flatMap(({ id, contactEmail, birthDate }) => (contactEmail ? [{ partyId: id, kind: "employee" as const, email: contactEmail, hasProof: birthDate !== null }] : []))
  return employer?.email ? [...people, { partyId: employer.id, kind: "employer", email: employer.email, hasProof: employer.wageTaxNumber !== "" }] : people
}

/** The address of each of these parties, employees and employers, that has one in payroll. */
export async function partiesToMail(tx: Transaction, partyIds: readonly string[]): Promise<Map<string, string>> {
  const known = new Map<string, string>()
  for (const { id, contactEmail } of await findEmployeesByIds(tx, partyIds)) if (contactEmail) known.set(id, contactEmail)
  for (const id of partyIds) {
    const employer = known.has(id) ? null : await findEmployer(tx, id)
    if (employer?.email) known.set(id, employer.email)
  }
  return known
}
