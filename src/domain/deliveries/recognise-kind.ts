import type { PdfLine, PdfPage } from "#platform/pdf.ts"
import type { DocumentKind } from "#policy/document-kinds.ts"

/** Titles by which a document says what it is, Dutch and English; the first that fits a line wins. */
const titles: readonly [DocumentKind, RegExp][] = [
  ["series-overview", /serie-?\s?overzicht|verzamel(?:loon)?(?:staat|overzicht)|totaaloverzicht|periode-?overzicht|maandoverzicht|payroll (?:summary|overview)|series overview/i],
  ["journal-entry", /journaal(?:post|boeking|overzicht|regels)|loonjournaal|salarisjournaal|(?:payroll )?journal (?:entry|entries)|payroll journal/i],
  ["payment-list", /betaal(?:lijst|overzicht|opdracht|staat)|betalingslijst|uitbetalingslijst|lijst netto ?lonen|netto ?lijst|payment list|list of payments/i],
  ["subsidy-list", /subsidie(?:lijst|overzicht)?s?\b|loonkostenvoordelen|subsidy list/i],
  ["leave-balance", /stand (?:van )?(?:verzuim|verlof)|verzuim- en verlof(?:dagen|overzicht)|verlof(?:overzicht|stand(?:en)?|saldi)\b|leave balances?\b/i],
  ["wage-tax-return", /loonaangifte|aangifte loonhef+ing(?:en)?|wage tax return|payroll tax return/i],
  ["annual-statement", /jaar(?:loon)?opga(?:ve|af|aven)\b|jaaroverzicht (?:loon|salaris)|(?:annual|yearly) (?:wage |income |salary |tax |earnings )?statement|year-?end statement/i],
  ["payslip", /loon-?\s?(?:stro(?:ok|okje|ken)|slip|opgave|specificaties?|brief|brieven|bericht|afrekening)|salaris-?\s?(?:stro(?:ok|okje|ken)|slip|opgave|specificaties?|afrekening|brief)|uitbetalingsspecificatie|bruto-?\s?netto ?specificatie|specificatie (?:loon|salaris)|pay\s?-?(?:slip|stub|advice)s?\b|(?:salary|wage|earnings|pay|remuneration) (?:slip|statement|specification)s?\b/i],
]

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

/** What a title or a file name calls a document, or null. Underscores and dashes read as spaces as well. */
export function kindOfTitle(text: string): DocumentKind | null {
  const spaced = text.replace(/[_-]+/g, " ")
  return titles.find(([, pattern]) => pattern.test(text) || pattern.test(spaced))?.[0] ?? null
}

function usualSize(lines: readonly PdfLine[]): number {
  const sizes = lines.flatMap((line) => line.pieces.map((piece) => piece.size)).sort((a, b) => a - b)
  return sizes[Math.floor(sizes.length / 2)] ?? 10
}
