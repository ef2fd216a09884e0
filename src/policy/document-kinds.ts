export const DOCUMENT_KINDS = [
  "payslip",
  "annual-statement",
  "series-overview",
  "journal-entry",
  "payment-list",
  "sepa-file",
  "wage-tax-return",
  "subsidy-list",
  "leave-balance",
  "other",
] as const

export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
export type MediaType = "application/pdf" | "application/xml"

export type DocumentKindRules = {
  /** Whose dossier a file of this kind goes to; "either" is decided per delivery. */
  dossier: "employee" | "employer" | "either"
  /** Whether its name carries a period of a year, or only the year. */
  boundTo: "period" | "year"
  mediaTypes: readonly MediaType[]
  /** Whether its arrival in an employee's own dossier may cause the welcome mail. */
  welcomesEmployee: boolean
}

const employee = { dossier: "employee", mediaTypes: ["application/pdf"], welcomesEmployee: true } as const
const employer = { dossier: "employer", mediaTypes: ["application/pdf"], welcomesEmployee: false } as const

/** The kinds of payroll file and what holds for each. Its key in the catalogue is documentKinds.<kind>. */
export const documentKinds = {
  payslip: { ...employee, boundTo: "period" },
  "annual-statement": { ...employee, boundTo: "year" },
  "series-overview": { ...employer, boundTo: "period" },
  "journal-entry": { ...employer, boundTo: "period" },
  "payment-list": { ...employer, boundTo: "period" },
  "sepa-file": { ...employer, boundTo: "period", mediaTypes: ["application/xml"] },
  "wage-tax-return": { ...employer, boundTo: "period", mediaTypes: ["application/xml", "application/pdf"] },
  "subsidy-list": { ...employer, boundTo: "period" },
  "leave-balance": { ...employer, boundTo: "period" },
  other: { dossier: "either", boundTo: "year", mediaTypes: ["application/pdf", "application/xml"], welcomesEmployee: false },
} as const satisfies Record<DocumentKind, DocumentKindRules>

/** True for the name of a kind, as it comes in from outside. */
export function isDocumentKind(text: string): text is DocumentKind {
  return DOCUMENT_KINDS.some((kind) => kind === text)
}

/** The message key of a kind's name on screen. */
export function documentKindLabel(kind: DocumentKind): `documentKinds.${DocumentKind}` {
  return `documentKinds.${kind}`
}
