import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { planParts } from "#domain/deliveries/plan-parts.ts"
import type { PlannedPart } from "#domain/deliveries/plan-parts.ts"
import type { Person as PersonToRecognise } from "#domain/deliveries/recognise-pages.ts"
import { recognisePages } from "#domain/deliveries/recognise-pages.ts"
import { readPdf } from "#platform/pdf.ts"
import type { JudgedLayout } from "./layouts.ts"
import { employer, people } from "./people.ts"
import type { Truth } from "./sheets.ts"

/** What became of a page: as it should be, given to the wrong one, parked though it was clear, or said to be of another kind or time. */
export type Outcome = "right" | "wrong" | "parked" | "kind" | "time"
export type Judgement = { page: number; outcome: Outcome; found: string }

/** Everybody there, as the portal knows them; the personnel number stands for the id. */
export const known = people.map((person): PersonToRecognise => ({ employeeId: person.number, number: person.number, initials: person.initials, prefix: person.prefix || null, surname: person.surname, birthDate: person.born, bsn: person.bsn }))

/** Recognises a printed layout as the portal does a dropped file, under a name that tells nothing, and judges every page by its truth. */
export async function judgeLayout({ name, truths, periodKind }: JudgedLayout): Promise<Judgement[]> {
  const { pages } = await readPdf(await readFile(join(import.meta.dirname, `${name}.pdf`)))
  const found = recognisePages(pages, known, { fileName: "scan0001.pdf", wageTaxNumber: employer.wageTaxNumber, employerName: employer.name, periodKind: "month" })
  const parts = planParts(found, pages.length)
  return truths.map((truth, index) => {
    const part = parts.find((one) => one.pages.includes(index + 1))
    if (!part) throw new Error(`page ${index + 1} of ${name} is lost`)
    return { page: index + 1, outcome: outcomeOf(truth, part, periodKind), found: part.employeeId ?? part.parked ?? part.kind }
  })
}

function outcomeOf(truth: Truth, part: PlannedPart, periodKind: string): Outcome {
  if (truth === "blank") return part.employeeId === null || part.pages.length > 1 ? "right" : "wrong"
  if (truth === "park") return part.employeeId === null ? "right" : "wrong"
  if (part.employeeId === null) return truth.mayPark ? "right" : "parked"
  if (part.employeeId !== truth.who) return "wrong"
  if (part.kind !== truth.kind) return "kind"
  const isTime = part.year === truth.year && part.period === truth.period && (truth.period === null || part.periodKind === periodKind)
  return isTime ? "right" : "time"
}
