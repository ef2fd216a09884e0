import type { DocumentKind } from "#policy/document-kinds.ts"
import type { PeriodKind } from "#policy/periods.ts"

/** One employee of the one employer whose file is recognised. `birthDate` is YYYY-MM-DD, `bsn` nine digits; unknown parts are null. */
export type Person = {
  employeeId: string
  number: string | null
  initials: string | null
  prefix: string | null
  surname: string
  birthDate: string | null
  bsn?: string | null
  /** Numbers that this person had before. */
  earlierNumbers?: readonly string[]
}

/**
 * What is known beside the text. The wage tax number keeps another client's file out; the file name only helps where the text is
 * silent. `learnt` tells whom somebody said by hand that a value is of, which payroll does not know (see recognise-learnt.ts).
 */
export type Hints = {
  fileName?: string
  periodKind?: PeriodKind
  wageTaxNumber?: string | null
  employerName?: string | null
  learnt?: (told: string) => string | null
}

/** What tied a page to a person. Codes only, never the values: they are stored and logged. */
export const evidenceCodes = ["number", "bsn", "name", "birth-date", "learnt", "continued"] as const
export type Evidence = (typeof evidenceCodes)[number]

/** Why pages were given to nobody. The key of the sentence in the catalogue. */
export const parkReasons = [
  "no-text",
  "nobody-matches",
  "two-match",
  "contradiction",
  "name-only",
  "number-only",
  "page-missing",
  "other-employer",
  "employer-document",
] as const
export type ParkReason = (typeof parkReasons)[number]

export type Period = { year: number | null; period: number | null; periodKind: PeriodKind | null }

/** Pages (from 1) that belong together: to one employee, or to nobody with the reason. */
export type Part = Period & {
  pages: number[]
  employeeId: string | null
  reason: ParkReason | null
  evidence: Evidence[]
  /** What its pages say of somebody and payroll does not know, such as a code of the employer's own. Stays in memory. */
  told: string[]
  kind: DocumentKind | null
}

/** The whole file. Kind, year and period are those of all parts together, null where they differ or are not told. */
export type Recognition = Period & { kind: DocumentKind | null; parts: Part[] }
