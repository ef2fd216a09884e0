import type { DocumentKind } from "./document-kinds.ts"
import { plainText } from "./plain-text.ts"

/** What somebody may mean by a word: a kind of document, a period of a year (month or four weeks), or a year. */
export type WordMeaning = { kinds: DocumentKind[]; periods: number[]; years: number[] }

const most = 8

/** What kinds of document are called, in both languages and without accents; the beginning of a word is enough. */
const KIND_WORDS = {
  payslip: "loonstrook loonstroken loonstrookje salarisstrook salarisstroken salarisspecificatie loonspecificatie payslip payslips",
  "annual-statement": "jaaropgave jaaropgaven jaaropgaaf annual statement statements",
  "series-overview": "serie overzicht overzichten series overview overviews",
  "journal-entry": "journaalpost journaalposten journaal journal entry entries",
  "payment-list": "betaallijst betaallijsten lonen betaling betalingen wage payment list",
  "sepa-file": "sepa bestand",
  "wage-tax-return": "loonaangifte loonaangiften aangifte aangiften wage tax return",
  "subsidy-list": "subsidielijst subsidie subsidies subsidy list",
  "leave-balance": "stand verzuim verlof verlofdagen verlofstand verlofsaldo leave absence balance",
  other: "overig",
} as const satisfies Record<DocumentKind, string>

const MONTH_WORDS = [
  "januari january jan",
  "februari february feb",
  "maart march mrt mar",
  "april apr",
  "mei may",
  "juni june jun",
  "juli july jul",
  "augustus august aug",
  "september sep sept",
  "oktober october okt oct",
  "november nov",
  "december dec",
]

const kindWords = Object.entries(KIND_WORDS).map(([kind, words]) => ({ kind, words: words.split(" ") }))
const monthWords = MONTH_WORDS.map((words) => words.split(" "))

/** The words of what was typed, folded: small letters without accents, at most eight. What is not a letter or a digit parts them. */
export function searchWords(text: string): string[] {
  return [...new Set(plainText(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean))].slice(0, most)
}

/** What one folded word may mean. "mrt", "maa", "03", "3" and "p3" are period 3; "2026" is a year; "loonstr" is a payslip. */
export function meaningOf(word: string): WordMeaning {
  const [, digits] = /^p?0?(\d{1,2})$/.exec(word) ?? []
  const number = Number(digits ?? 0)
  const isWord = /^\p{L}{3,}$/u.test(word)
  const begins = (words: readonly string[]) => isWord && words.some((one) => one.startsWith(word))
  return {
    kinds: kindWords.filter(({ words }) => begins(words)).flatMap(({ kind }) => (isKind(kind) ? [kind] : [])),
    periods: number >= 1 && number <= 13 ? [number] : monthWords.flatMap((words, index) => (begins(words) ? [index + 1] : [])),
    years: /^(19|20)\d\d$/.test(word) ? [Number(word)] : [],
  }
}

/**
 * Whether a row of a list is one that is sought: every word stands in its text, or its month or period does. `text` has the row's cells with
 * spaces between; a period stands there as its name, as "periode 3", or as a number alone.
 */
export function isSought(text: string, words: readonly string[]): boolean {
  const plain = plainText(text)
  return words.every((word) => (/^p?\d{1,2}$/.test(word) ? hasPeriod(plain, word) : plain.includes(word)) || hasMonth(plain, word))
}

function hasMonth(plain: string, word: string): boolean {
  return meaningOf(word).periods.some((number) => (monthWords[number - 1] ?? []).some((name) => name.length > 2 && hasWord(plain, name)))
}

/** A number is looked for as a word of its own, so that "3" is not found in every year. */
function hasPeriod(plain: string, word: string): boolean {
  const bare = word.replace(/^p?0?/, "")
  return [word, bare, `0${bare}`, `p${bare}`].some((one) => hasWord(plain, one))
}

function hasWord(plain: string, word: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "u").test(plain)
}

function isKind(text: string): text is DocumentKind {
  return text in KIND_WORDS
}

const likeBsn = String.raw`(?<!\d)\d([ .]?\d){7,8}(?!\d)`

/** What a search box takes, as the pattern of an HTML field: anything without something like a BSN. So it is told before it gets into an address. */
export const withoutBsn = `(?!.*${likeBsn}).*`

/** Whether what was typed holds something like a BSN: eight or nine digits in a row, also wide ones, dots and spaces left out. It does not belong in an address. */
export function holdsBsn(text: string): boolean {
  return new RegExp(likeBsn).test(text.normalize("NFKC"))
}
