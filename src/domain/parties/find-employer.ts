import type { Transaction } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { PeriodKind } from "#policy/periods.ts"
import { findEmployer, type EmployerData } from "./party-repository.ts"

/** An employer in sight of this transaction, with the kind of its periods. NotFound otherwise. */
export async function findEmployerById(tx: Transaction, employerId: string): Promise<EmployerData & { periodKind: PeriodKind }> {
  const employer = await findEmployer(tx, employerId)
  if (!employer) throw new NotFound()
  return { ...employer, periodKind: employer.periodKind === "four-weeks" ? "four-weeks" : "month" }
}
