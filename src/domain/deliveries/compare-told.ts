import type { Transaction } from "#platform/database.ts"
import type { PdfPage } from "#platform/pdf.ts"
import { findPersonByNumber } from "../parties/find-by-number.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { peopleToRecognise } from "../parties/people-to-recognise.ts"
import { cluesOn, indexPeople } from "./recognise-clues.ts"
import { readFields } from "./recognise-fields.ts"
import { kindOfPage } from "./recognise-kind.ts"
import { commonPeriod, periodOfPage } from "./recognise-period.ts"
import type { Person } from "./recognise-types.ts"
import type { ToldColumns } from "./upload-repository.ts"

/** What is printed on a document and is not what a package told of it. */
export type Mismatch = "person" | "kind" | "period"

/**
 * Compares what a package told of a file with what is printed on it, and tells the gravest thing that is certainly another: a labelled personnel number
 * of somebody else here, or a BSN that is not this person's; what its title calls it; the period it names. Null where nothing of that is printed.
 */
export async function compareTold(tx: Transaction, employerId: string, told: ToldColumns, pages: readonly PdfPage[]): Promise<Mismatch | null> {
  if (told.toldEmployeeId !== null && (await isOfAnother(tx, employerId, told.toldEmployeeId, pages))) return "person"
  const [kind, ...others] = new Set(pages.flatMap((page) => kindOfPage(page) ?? []))
  if (kind && others.length === 0 && told.toldKind !== "other" && kind !== told.toldKind) return "kind"
  const { name: employerName, periodKind, wageTaxNumber } = await findEmployerById(tx, employerId)
  const printed = commonPeriod(pages.map((page) => periodOfPage(page, { employerName, periodKind, wageTaxNumber })))
  const isOther = printed.year !== null && (printed.year !== told.toldYear || (told.toldPeriod !== null && printed.period !== null && printed.period !== told.toldPeriod))
  return isOther ? "period" : null
}

/** A page that says to be of this person too is not another's: what people share is listed on it. */
async function isOfAnother(tx: Transaction, employerId: string, employeeId: string, pages: readonly PdfPage[]): Promise<boolean> {
  const [person] = await peopleToRecognise(tx, employerId, [employeeId])
  if (!person) return false
  for (const page of pages) {
    const { isOwn, numbers, hasOtherBsn } = printedOn(page, person)
    if (isOwn) continue
    if (hasOtherBsn) return true
    for (const number of numbers) {
      const other = await findPersonByNumber(tx, employerId, number)
      if (other !== null && other !== employeeId) return true
    }
  }
  return false
}

function printedOn(page: PdfPage, person: Person): { isOwn: boolean; numbers: string[]; hasOtherBsn: boolean } {
  const clues = cluesOn(page, readFields(page), indexPeople([person]), {}).filter(({ type, strict }) => strict && (type === "number" || type === "bsn"))
  const others = clues.filter(({ full }) => full.size === 0)
  const numbers = others.flatMap(({ type, told }) => (type === "number" && told ? [told.replace(/^number /, "")] : []))
  return { isOwn: clues.length > others.length, numbers, hasOtherBsn: !!person.bsn && others.some(({ type }) => type === "bsn") }
}
