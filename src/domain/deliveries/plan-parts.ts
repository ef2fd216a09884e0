import { documentKinds, type DocumentKind } from "#policy/document-kinds.ts"
import type { ParkReason, Recognition } from "./recognise-types.ts"

/** Why a document waits for somebody to look at it; the key of a sentence under "parked" in the catalogue. */
export type Parked = ParkReason | "kind-unknown" | "period-unknown" | "other-employer" | "unknown-xml"

/** One document to be made of a file: whose it is, what, and which pages; with the reason when it has to wait. */
export type PlannedPart = {
  pages: number[]
  kind: DocumentKind
  year: number | null
  period: number | null
  periodKind: string | null
  employeeId: string | null
  parked: Parked | null
  evidence: string[]
  /** As a Part has it. */
  told: string[]
}

/**
 * Turns what was recognised into documents. An employer document stays whole. A part without a known kind or period is parked: nobody
 * should find a file under "unknown".
 */
export function planParts(found: Recognition, pageCount: number): PlannedPart[] {
  const all = Array.from({ length: pageCount }, (_, index) => index + 1)
  if (found.kind && documentKinds[found.kind].dossier !== "employee") {
    const foreign = found.parts.some((part) => part.reason === "other-employer")
    const whole = { pages: all, kind: found.kind, year: found.year, period: found.period, periodKind: found.periodKind }
    return [{ ...whole, employeeId: null, evidence: [], told: [], parked: foreign ? "other-employer" : whenUnknown(whole) }]
  }
  return found.parts.map((part) => {
    const kind = part.kind ?? found.kind ?? "other"
    const when = { kind, year: part.year ?? found.year, period: part.period ?? found.period, periodKind: part.periodKind ?? found.periodKind }
    const { pages, employeeId, evidence, told } = part
    const parked = part.reason ?? (part.kind ?? found.kind ? whenUnknown(when) : "kind-unknown")
    return { pages, ...when, employeeId: parked ? null : employeeId, evidence, told, parked }
  })
}

function whenUnknown(part: Pick<PlannedPart, "kind" | "year" | "period">): Parked | null {
  const complete = part.year !== null && (documentKinds[part.kind].boundTo === "year" || part.period !== null)
  return complete ? null : "period-unknown"
}
