import type { Transaction } from "#platform/database.ts"
import { documentKinds, isDocumentKind, type DocumentKind } from "#policy/document-kinds.ts"
import { Invalid } from "#policy/errors.ts"
import { isPeriod } from "#policy/periods.ts"
import { findPersonByNumber } from "../parties/find-by-number.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import type { PlannedPart } from "./plan-parts.ts"
import type { ToldColumns } from "./upload-repository.ts"

/** What a package says of a file that it hands in. `period` is null for a kind that has only a year, `employeeNumber` for a document of the employer. */
export type ToldDocument = { kind: DocumentKind; year: number; period: number | null; employeeNumber: string | null }

/**
 * What was told, as it is kept with the file: the period in the employer's kind of periods, the number as the employee it is of. Invalid when kind, period and
 * person do not go together, when the employer has no such period, and "employee-number-unknown". Whoever left gets a last payslip too.
 */
export async function toldColumns(tx: Transaction, employerId: string, told: ToldDocument): Promise<ToldColumns> {
  const rules = documentKinds[told.kind]
  const { periodKind } = await findEmployerById(tx, employerId)
  if (rules.dossier === "employee" && told.employeeNumber === null) throw new Invalid("item-needs-employee", { field: "employeeNumber" })
  if (rules.dossier === "employer" && told.employeeNumber !== null) throw new Invalid("item-of-employer", { field: "employeeNumber" })
  const fits = rules.boundTo === "period" ? told.period !== null && isPeriod(periodKind, told.period) : told.period === null
  if (!fits) throw new Invalid("item-period-unknown", { field: "period" })
  const toldEmployeeId = told.employeeNumber === null ? null : await findPersonByNumber(tx, employerId, told.employeeNumber)
  if (told.employeeNumber !== null && !toldEmployeeId) throw new Invalid("employee-number-unknown", { field: "employeeNumber" })
  return { toldKind: told.kind, toldYear: told.year, toldPeriod: told.period, toldPeriodKind: told.period === null ? null : periodKind, toldEmployeeId }
}

/** Refuses bytes that are no document of this kind: Invalid "item-media-type". */
export function assertMediaType(kind: DocumentKind, mediaType: string): void {
  if (!documentKinds[kind].mediaTypes.some((one) => one === mediaType)) throw new Invalid("item-media-type", { field: "kind" })
}

/** Whether a package told what this file is. */
export function isTold({ toldKind }: ToldColumns): boolean {
  return toldKind !== null
}

/** The one document that a file is according to who handed it in: all of its pages. */
export function toldPart({ toldKind, toldYear, toldPeriod, toldPeriodKind, toldEmployeeId }: ToldColumns, pages: number): PlannedPart {
  return {
    pages: Array.from({ length: pages }, (_, index) => index + 1),
    kind: toldKind !== null && isDocumentKind(toldKind) ? toldKind : "other",
    year: toldYear,
    period: toldPeriod,
    periodKind: toldPeriodKind,
    employeeId: toldEmployeeId,
    parked: null,
    evidence: ["by-package"],
    told: [],
  }
}
