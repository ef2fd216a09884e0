import type { PdfPage } from "#platform/pdf.ts"

/** "Pagina 2 van 3" as { page: 2, of: 3 }. */
export type PageCount = { page: number; of: number }

const counted = /(?<![\p{L}])(?:pagina|pag|blad(?:zijde)?|blz|page|p)\b\.?\s*:?\s*(\d{1,4})\s*(?:van|of|\/|-|uit)\s*(\d{1,4})(?!\d)/iu
const bare = /^\s*(\d{1,2})\s?\/\s?(\d{1,2})\s*$/

/**
 * The page count of every page, or null. Counts that number a file with several people as a whole say nothing about its parts and are
 * left out.
 */
export function readPageCounts(pages: readonly PdfPage[], isOfOnePerson: boolean): (PageCount | null)[] {
  const counts = pages.map(countOf)
  const isOfFile = counts.every((count, index) => !count || (count.of === pages.length && count.page === index + 1))
  return isOfFile && !isOfOnePerson ? counts.map(() => null) : counts
}

function countOf(page: PdfPage): PageCount | null {
  const edges = [page.lines[0], page.lines.at(-1)].map((line) => bare.exec(line?.pieces.at(-1)?.text ?? ""))
  const match = counted.exec(page.text) ?? edges.find((found) => found !== null)
  const [first, last] = [Number(match?.[1]), Number(match?.[2])]
  return first >= 1 && first <= last ? { page: first, of: last } : null
}

/** Whether the top of a page says that it goes on from the page before. */
export function saysContinued(page: PdfPage): boolean {
  return page.lines.slice(0, 6).some((line) => /\b(?:vervolg(?:blad|pagina)?|continued|continuation)\b/i.test(line.text))
}

const aboutMany =
  /(?:aantal|alle) (?:werknemers|medewerkers|loonstroken)|\btotalen\b|totaal generaal|eindtotaal|grootboek|recapitulatie|(?:number of|all) employees|grand total/i

/** Whether a page sums up many people: it belongs to none of them. */
export function isAboutMany(page: PdfPage): boolean {
  return aboutMany.test(page.text)
}
