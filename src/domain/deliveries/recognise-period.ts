import type { PdfPage } from "#platform/pdf.ts"
import type { DocumentKind } from "#policy/document-kinds.ts"
import type { PeriodKind } from "#policy/periods.ts"
import { isPeriod } from "#policy/periods.ts"
import { findDates, monthNumber, monthPattern } from "./recognise-dates.ts"
import { kindOfPage, kindOfTitle } from "./recognise-kind.ts"
import type { Hints, Period } from "./recognise-types.ts"

type Guess = { year: number; kind: PeriodKind | null; number: number | null; weight: number }

const between = String.raw`(?:\s*(?:t\/m|tot en met|tot|until|through|to|and|en|-|–|—)\s*|\s+\/\s+)`
const numbered = new RegExp(
  String.raw`\b(?:(?:(?:vier|4)-?weken|week|maand|loon|salaris|verlonings|pay ?)?-?periode?s?|(?:loon)?tijdvak)\b\.?\s?(?:nr\.?|nummer|no\.?|number)?\s*[:.]?\s*` +
    String.raw`(?:(20\d\d)\s*[-/ ]\s*(\d{1,2})|(\d{1,2})\s*[-/ ]?\s*(?:van |of |, ?)?(20\d\d)?)(?![\d-])`,
  "gi",
)
const named = new RegExp(`(?<![\\p{L}])(\\d{1,2}[ -])?(${monthPattern})\\.?[ \\-/_',]{0,2}(20\\d\\d)(?!\\d)`, "giu")
const monthDigits = /(?<![\d./-])(?:(0?[1-9]|1[0-2])\s?[-/]\s?(20\d\d)|(20\d\d)[-/](0?[1-9]|1[0-2]))(?![\d./-])/g
const yearAlone = /(?<![\d.,/-])(20\d\d)(?![\d/-]|[.,]\d)/g
const compact = /(?:periode|tijdvak|period)\b[^\d]{0,6}(20\d\d)(0[1-9]|1[0-3])(?!\d)/gi
const daysOfNoYear = new RegExp(`(?<![\\d./-])(\\d{1,2})([-/.])(\\d{1,2})${between}(\\d{1,2})\\2(\\d{1,2})(?:\\2(20\\d\\d))?(?![\\d/-])`, "gi")
const dayToDay = new RegExp(`(?<![\\d./-])\\d{1,2}${between}\\d{1,2} (${monthPattern})\\.? (20\\d\\d)(?!\\d)`, "giu")
const fourWeekly = /4[\s-]?wek|vier[\s-]?wek|four[\s-]?week|4[\s-]?week/i
const weeks = /\bw(?:ee)?ke?n?s?\b\.?\s?(\d{1,2})\s*(?:t\/m|tot en met|-|–|to|tot)\s*(?:week\s?)?(\d{1,2})\b/i
const speaksOfTime = new RegExp(`\\d|period|tijdvak|maand|month|${monthPattern}`, "i")
const linesOnTop = 14
const longestTitle = 80
const notThePeriod = new RegExp(
  String.raw`cumulat|in dienst|uit dienst|gebor[ea]n|geboorte|\bgeb\b|birth|start date|hire|betaaldatum|betaald op|afdruk|print|datum:|verlof` +
    String.raw`|vakantiegeld|saldo|year to date|ytd|vorige?\b|volgende?\b|previous|\bnext\b|t\.?w\.?k`,
  "i",
)
/** What is set right of another period, or will be sent or used in one; in a title it is the document itself that sets right. */
const ofAnother = /correctie|herrekening|naverrekening|nabetaling|verrekend|verwerkt|vervangt|ontvangt|geldig|met ingang|ingaande|corrected|replaces/i

/**
 * The year and period a page is about, from its ranges of dates, numbered periods and month names, and from what stands under labels
 * (`labelled`); null where it does not say.
 */
export function periodOfPage(page: PdfPage, hints: Hints, labelled = ""): Period {
  const kind = kindOfPage(page)
  const top = page.lines.slice(0, linesOnTop).map(({ text }) => ofThePeriod(text)).filter(Boolean)
  const fourWeeks = top.some(saysFourWeeks)
  const year = top.map(yearIn).find(Boolean) ?? ""
  const lines = [...page.lines.map((_, index) => withNext(page, index)), labelled]
  return best(lines.flatMap((line, index) => guesses(line, line === labelled ? 0 : index, fourWeeks, year, kind)), fourWeeks, hints)
}

/** What of a line may speak of the period: all of it, or what stands before the words that speak of another day. */
function ofThePeriod(text: string): string {
  const isTitle = text.length <= longestTitle && kindOfTitle(text) !== null
  const from = Math.min(...[notThePeriod, isTitle ? null : ofAnother].map((words) => words?.exec(text)?.index ?? Infinity))
  if (from === Infinity) return text
  const before = text.slice(0, from)
  return kindOfTitle(before) || /period|tijdvak|maand|month/i.test(before) ? before : ""
}

function saysFourWeeks(text: string): boolean {
  const [, first, last] = weeks.exec(text) ?? []
  return fourWeekly.test(text) || Number(last) - Number(first) === 3
}

/** The same from a file name such as "loonstroken-maart-2026.pdf" or "2026-03 loonstroken.pdf". */
export function periodOfFileName(hints: Hints): Period {
  const name = (hints.fileName ?? "").replace(/\.[a-z]{3,4}$/i, "").replace(/_/g, " ").replace(/(?<=\p{L})-|-(?=\p{L})/gu, " ")
  return best(guesses(name, 0, saysFourWeeks(name), yearIn(name), null), saysFourWeeks(name), hints)
}

/** What all agree on; a year in which periods differ stays. */
export function commonPeriod(periods: readonly Period[]): Period {
  const told = periods.filter(({ year }) => year !== null)
  const [first] = told
  if (!first) return { year: null, period: null, periodKind: null }
  const year = told.every((other) => other.year === first.year) ? first.year : null
  const isOne = year !== null && told.every((other) => other.period === first.period && other.periodKind === first.periodKind)
  return isOne ? { year, period: first.period, periodKind: first.periodKind } : { year, period: null, periodKind: null }
}

/** A label may stand over its value: "Periode" on one line, "3 - 2026" on the next. */
function withNext(page: PdfPage, index: number): string {
  const text = page.lines[index]?.text ?? ""
  return /\b(?:periode|tijdvak|loontijdvak|period|maand|month)\b[\s:]*$/i.test(text) ? `${text} ${page.lines[index + 1]?.text ?? ""}` : text
}

function guesses(written: string, line: number, fourWeeks: boolean, pageYear: string, kind: DocumentKind | null): Guess[] {
  if (!speaksOfTime.test(written)) return []
  const text = ofThePeriod(written).replace(/(\d{4})-(?=\d{1,2}([-/.])\d{1,2}\2\d{4})/g, "$1 - ")
  const weight = (line < linesOnTop ? 2 : 1) + titleWeight(text, kind) + (/period|tijdvak|maand|month/i.test(text) ? 3 : 0)
  const found: Guess[] = []
  const dates = findDates(text)
  for (const [index, start] of dates.entries()) {
    const end = dates[index + 1]
    if (end && new RegExp(`^${between}$`, "i").test(text.slice(start.to, end.from))) found.push(...rangeGuess(start.days[0], end.days[0], weight + 4))
  }
  for (const [, firstDay, , firstMonth = "", lastDay, lastMonth = "", written] of text.matchAll(daysOfNoYear)) {
    const endYear = Number(written ?? (yearIn(text) || pageYear))
    const startYear = Number(firstMonth) > Number(lastMonth) ? endYear - 1 : endYear
    const whole = endYear ? rangeGuess(dayOf(startYear, firstMonth, firstDay), dayOf(endYear, lastMonth, lastDay), weight + 4) : []
    found.push(...whole.filter(({ weight: own }) => own >= weight + 4))
  }
  for (const match of text.replace(dayToDay, " ").matchAll(numbered)) {
    const [, yearFirst, numberLast, numberFirst, yearLast] = match
    const year = Number(yearFirst ?? yearLast ?? (yearIn(text) || pageYear))
    const number = Number(numberLast ?? numberFirst)
    if (year && number >= 1 && number <= 13) found.push({ year, kind: kindOfNumber(number, fourWeeks), number, weight: weight + 3 })
  }
  for (const [, day, month = "", year] of text.matchAll(named)) {
    const number = monthNumber(month)
    if (!day && number) found.push({ year: Number(year), kind: "month", number, weight: weight + 2 })
  }
  for (const [, year, digits] of text.matchAll(compact)) {
    const number = Number(digits)
    found.push({ year: Number(year), kind: kindOfNumber(number, fourWeeks), number, weight: weight + 3 })
  }
  found.push(...weeksGuess(text, Number(yearIn(text) || pageYear), weight + 3))
  for (const [, month = "", year] of text.matchAll(dayToDay)) found.push({ year: Number(year), kind: "month", number: monthNumber(month), weight: weight + 3 })
  const onlyMonth = /^(?:periode|maand|tijdvak|month|period)\b[\s:.]*(\p{L}+)$/iu.exec(text)?.[1]
  if (onlyMonth && pageYear && monthNumber(onlyMonth)) found.push({ year: Number(pageYear), kind: "month", number: monthNumber(onlyMonth), weight })
  for (const [, month, year, firstYear, lastMonth] of text.matchAll(monthDigits)) {
    const number = Number(month ?? lastMonth)
    found.push({ year: Number(year ?? firstYear), kind: kindOfNumber(number, fourWeeks), number, weight: weight + 1 })
  }
  if (found.length > 0 || dates.length > 0) return found
  return Array.from(text.matchAll(yearAlone), ([, year]) => ({ year: Number(year), kind: null, number: null, weight: weight - 1 }))
}

/** Weeks 33 to 36 are the ninth four weeks of a year. */
function weeksGuess(text: string, year: number, weight: number): Guess[] {
  const [, first, last] = weeks.exec(text) ?? []
  const number = Number(last) / 4
  return year && Number(last) - Number(first) === 3 && Number.isInteger(number) ? [{ year, kind: "four-weeks", number, weight }] : []
}

const dayOf = (year: number, month: string, day = "") => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`

/** A line that calls the document what the page is; a sentence that speaks of another document has no more weight than any other. */
function titleWeight(text: string, kind: DocumentKind | null): number {
  const own = kindOfTitle(text)
  return own === null || (kind !== null && own !== kind) ? 0 : text.length <= longestTitle && kind !== null ? 4 : 2
}

const kindOfNumber = (number: number, fourWeeks: boolean): PeriodKind | null => (number === 13 || fourWeeks ? "four-weeks" : null)

const yearIn = (text: string) => /(?<!\d)20\d\d(?!\d)/.exec(text)?.[0] ?? ""

const day = 86_400_000

/** A whole month is that month; 28 days from a Monday are a period of four weeks, counted by ISO weeks. A whole year is only a year. */
function rangeGuess(start = "", end = "", weight: number): Guess[] {
  const [from, to] = [new Date(`${start}T00:00:00Z`), new Date(`${end}T00:00:00Z`)]
  const year = from.getUTCFullYear()
  const days = (to.getTime() - from.getTime()) / day + 1
  if (days >= 364 && days <= 366) return [{ year, kind: null, number: null, weight }]
  const isMonth = from.getUTCMonth() === to.getUTCMonth() && from.getUTCDate() === 1 && new Date(to.getTime() + day).getUTCDate() === 1 && days <= 31
  if (isMonth && days !== 28) return [{ year, kind: "month", number: from.getUTCMonth() + 1, weight }]
  if (days === 28 && from.getUTCDay() === 1) return [fourWeekGuess(from, weight)]
  if (isMonth) return [{ year, kind: "month", number: from.getUTCMonth() + 1, weight }]
  return days > 0 && days < 28 && from.getUTCMonth() === to.getUTCMonth() ? [{ year, kind: "month", number: from.getUTCMonth() + 1, weight: weight - 3 }] : []
}

function fourWeekGuess(monday: Date, weight: number): Guess {
  const thursday = new Date(monday.getTime() + 3 * day)
  const year = thursday.getUTCFullYear()
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / day / 7) + 1
  return { year, kind: "four-weeks", number: Math.min(13, Math.floor((week - 1) / 4) + 1), weight }
}

/**
 * Adds up the weights of equal guesses. A numbered period without a kind takes the kind of a fuller guess with that number, or the
 * employer's usual one.
 */
function best(all: readonly Guess[], fourWeeks: boolean, hints: Hints): Period {
  const numberedOnes = all.filter((guess) => guess.number !== null)
  const usual = fourWeeks ? "four-weeks" : (hints.periodKind ?? "month")
  const totals = new Map<string, { guess: Guess; kind: PeriodKind; weight: number }>()
  for (const guess of numberedOnes) {
    const alike = numberedOnes.find((other) => other.kind !== null && other.year === guess.year && other.number === guess.number)
    const kind = guess.kind ?? alike?.kind ?? usual
    if (guess.number === null || !isPeriod(kind, guess.number)) continue
    const key = `${guess.year} ${kind} ${guess.number}`
    totals.set(key, { guess, kind, weight: (totals.get(key)?.weight ?? 0) + guess.weight })
  }
  const [first, second] = [...totals.values()].toSorted((a, b) => b.weight - a.weight)
  if (first && (!second || second.weight < first.weight)) return { year: first.guess.year, period: first.guess.number, periodKind: first.kind }
  return { year: first ? (first.guess.year === second?.guess.year ? first.guess.year : null) : bestYear(all), period: null, periodKind: null }
}

function bestYear(all: readonly Guess[]): number | null {
  const weights = new Map<number, number>()
  for (const { year, weight } of all) weights.set(year, (weights.get(year) ?? 0) + weight)
  return [...weights].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
