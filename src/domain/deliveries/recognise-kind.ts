import type { PdfLine, PdfPage } from "#platform/pdf.ts"
import type { DocumentKind } from "#policy/document-kinds.ts"

const slips = "stro(?:ok|okje|ken)|slip|opgave|specificaties?|afrekening|brief|brieven|bericht"

/** Titles by which a document says what it is, Dutch and English, and payslips in German and Polish; each line is a list of alternatives, and the first kind that fits wins. */
const titles: readonly [DocumentKind, ...string[]][] = [
  [
    "series-overview",
    String.raw`serie-?\s?overzicht|verzamel(?:loon)?(?:staat|overzicht)|totaaloverzicht|periode-?overzicht|maandoverzicht`,
    "payroll (?:summary|overview)|series overview",
  ],
  [
    "journal-entry",
    "journaal(?:post|boeking|overzicht|regels)|loonjournaal|salarisjournaal|(?:payroll )?journal (?:entry|entries)|payroll journal",
  ],
  [
    "payment-list",
    "betaal(?:lijst|overzicht|opdracht|staat)|betalingslijst|uitbetalingslijst|lijst netto ?lonen|netto ?lijst",
    "payment list|list of payments",
  ],
  ["subsidy-list", String.raw`subsidie(?:lijst|overzicht)?s?\b|loonkostenvoordelen|subsidy list`],
  [
    "leave-balance",
    "stand (?:van )?(?:verzuim|verlof)|verzuim- en verlof(?:dagen|overzicht)",
    String.raw`verlof(?:overzicht|stand(?:en)?|saldi)\b|leave balances?\b`,
  ],
  ["wage-tax-return", "loonaangifte|aangifte loonhef+ing(?:en)?|wage tax return|payroll tax return"],
  [
    "annual-statement",
    String.raw`jaar(?:loon)?opga(?:ve|af|aven)\b|jaaroverzicht (?:loon|salaris)`,
    String.raw`lohnsteuerbescheinigung|jahres(?:lohn|entgelt)?(?:bescheinigung|meldung)`,
    "(?:annual|yearly) (?:wage |income |salary |tax |earnings )?statement|year-?end statement",
  ],
  [
    "payslip",
    String.raw`(?:loon|salaris)-?\s?(?:${slips})|uitbetalingsspecificatie|bruto-?\s?netto ?specificatie|specificatie (?:loon|salaris)`,
    String.raw`(?:entgelt|lohn|gehalts?|verdienst)\s?-?(?:abrechnung|zettel|nachweis|bescheinigung)|pasek (?:płacowy|wynagrodze)|odcinek (?:wypłaty|płac)`,
    String.raw`pay\s?-?(?:slip|stub|advice)s?\b|(?:salary|wage|earnings|pay|remuneration) (?:slip|statement|specification)s?\b`,
  ],
]
const patterns = titles.map(([kind, ...sources]) => ({ kind, pattern: new RegExp(sources.join("|"), "i") }))

const linesOnTop = 12
const longestTitle = 80

/** What the top of a page calls itself, or null. A line in larger letters counts before the others. */
export function kindOfPage(page: PdfPage): DocumentKind | null {
  const usual = usualSize(page.lines)
  const candidates = page.lines.flatMap((line, index) => {
    const size = Math.max(...line.pieces.map((piece) => piece.size))
    const kind = line.text.length <= longestTitle && (index < linesOnTop || size > 1.3 * usual) ? kindOfTitle(line.text) : null
    return kind ? [{ kind, size, index }] : []
  })
  return candidates.toSorted((a, b) => b.size - a.size || a.index - b.index)[0]?.kind ?? null
}

const rows = ["bruto|gross|salaris|salary|loon|uren|periodeloon|maandloon|gehalt|wynagrodzenie", "loonheffing|loonbelasting|wage tax|lohnsteuer|podatek", "netto|net pay|uit te betalen|uitbetaling|auszahlung|do wypłaty"].map(
  (words) => new RegExp(String.raw`(?:^|\s\s)\s*(?:${words})(?![\p{Ll}])[^\n]*?\d[.,]\d\d(?!\d)`, "imu"),
)

/** Whether a page pays somebody: a line of wages, one of wage tax and one of what is paid out, each with an amount. An annual statement pays nothing. */
export function paysSomebody(page: PdfPage): boolean {
  return rows.every((row) => row.test(page.text))
}

/** What a title or a file name calls a document, or null. Underscores and dashes read as spaces as well. */
export function kindOfTitle(text: string): DocumentKind | null {
  const spaced = text.replace(/[_-]+/g, " ")
  return patterns.find(({ pattern }) => pattern.test(text) || pattern.test(spaced))?.kind ?? null
}

function usualSize(lines: readonly PdfLine[]): number {
  const sizes = lines.flatMap((line) => line.pieces.map((piece) => piece.size)).sort((a, b) => a - b)
  return sizes[Math.floor(sizes.length / 2)] ?? 10
}
