/** A day as YYYY-MM-DD, with where in the text it stood. */
export type FoundDate = { days: string[]; from: number; to: number }

const months: readonly string[][] = [
  ["januari", "january", "januar", "styczeń", "stycznia", "jan"],
  ["februari", "february", "februar", "luty", "lutego", "feb", "febr"],
  ["maart", "march", "märz", "maerz", "marzec", "marca", "mrt", "mar"],
  ["april", "kwiecień", "kwietnia", "apr"],
  ["mei", "may", "mai", "maj", "maja"],
  ["juni", "june", "czerwiec", "czerwca", "jun"],
  ["juli", "july", "lipiec", "lipca", "jul"],
  ["augustus", "august", "sierpień", "sierpnia", "aug"],
  ["september", "wrzesień", "września", "sept", "sep"],
  ["oktober", "october", "październik", "października", "okt", "oct"],
  ["november", "listopad", "listopada", "nov"],
  ["december", "dezember", "grudzień", "grudnia", "dez", "dec"],
]
const monthNumbers = new Map(months.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))

/** A regular expression source for every month name in Dutch, English, German and Polish, long ones first. */
export const monthPattern = [...monthNumbers.keys()].sort((a, b) => b.length - a.length).join("|")

/** 1 to 12 for a month's name in Dutch, English, German or Polish, whole or short, in any case. */
export function monthNumber(name: string): number | null {
  return monthNumbers.get(name.toLowerCase().replace(/\.$/, "")) ?? null
}

const anyMonth = new RegExp(monthPattern, "iu")
const dayFirst = /(?<![\d.,/-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-]|[.,]\d)/g
const yearFirst = /(?<![\d.,/-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|[.,]\d)/g
const named = new RegExp(`(?<![\\p{L}\\d])(\\d{1,2})(?:e|st|nd|rd|th)?[ -](${monthPattern})\\.?,?[ -](\\d{4})(?!\\d)`, "giu")
const namedFirst = new RegExp(`(?<![\\p{L}\\d])(${monthPattern})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, "giu")

/**
 * Every day in a text. With slashes the order of day and month is not sure: then `days` holds both readings.
 * Two digits for a year are read as the last hundred years before 2030.
 */
export function findDates(text: string): FoundDate[] {
  if (!/\d/.test(text)) return []
  const found: FoundDate[] = []
  const add = (match: RegExpMatchArray, ...days: (string | null)[]) => {
    const real = [...new Set(days)].filter((day) => day !== null)
    if (real.length > 0) found.push({ days: real, from: match.index ?? 0, to: (match.index ?? 0) + match[0].length })
  }
  if (/\d\s?[-/.]\s?\d/.test(text)) {
    for (const match of text.matchAll(dayFirst)) {
      const [, first = "", separator, second = "", year = ""] = match
      const whole = year.length === 2 ? String(Number(year) < 30 ? 2000 + Number(year) : 1900 + Number(year)) : year
      add(match, toDay(whole, second, first), separator === "/" ? toDay(whole, first, second) : null)
    }
    for (const match of text.matchAll(yearFirst)) add(match, toDay(match[1], match[3], match[4]))
  }
  if (anyMonth.test(text)) {
    for (const match of text.matchAll(named)) add(match, toDay(match[3], String(monthNumber(match[2] ?? "")), match[1]))
    for (const match of text.matchAll(namedFirst)) add(match, toDay(match[3], String(monthNumber(match[1] ?? "")), match[2]))
  }
  return found
}

/** The days in a text that is labelled a birth date: those that findDates finds, or eight or six digits on end, as in 12041990 and 120490. */
export function findBirthDates(text: string): FoundDate[] {
  const [whole, day = "", month = "", year = ""] = /^\s*(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)/.exec(text) ?? []
  return whole === undefined ? findDates(text) : findDates(`${day}-${month}-${year}`)
}

function toDay(year = "", month = "", day = ""): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}
