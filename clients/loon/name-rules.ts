/** What is told of a file, in the words of the API. */
export type Told = { kind: string; year: number; period: number | null; employeeNumber: string | null }

export type PeriodOfYear = { year: number; period: number }

/** What the order says of files whose name does not: a period, or a year for documents of a year. */
export type Given = { period: PeriodOfYear | null; year: number | null }

/** Why a file stays behind that its name says to be of another period than was asked for. */
export const otherPeriod = "van een andere periode dan u gaf"

/** `told` null: a document that the portal recognises itself. `unknown`: why it is no document of this month. */
export type Named = { told: Told | null } | { unknown: string }

type Rules = { words: readonly string[]; many: readonly string[]; boundTo: "period" | "year"; isOfEmployee: boolean; endings: readonly string[] }

const pdf = ["pdf"]

/** Every kind with the words that a file name may begin with. Of `many`, everybody's in one file, the portal finds out whose each page is. */
const kinds: Readonly<Record<string, Rules>> = {
  payslip: { words: ["loonstrook", "salarisstrook", "loonspecificatie"], many: ["loonstroken", "salarisstroken", "loonspecificaties"], boundTo: "period", isOfEmployee: true, endings: pdf },
  "annual-statement": { words: ["jaaropgave", "jaaropgaaf"], many: ["jaaropgaven"], boundTo: "year", isOfEmployee: true, endings: pdf },
  "series-overview": { words: ["serie-overzicht", "serie-overzichten"], many: [], boundTo: "period", isOfEmployee: false, endings: pdf },
  "journal-entry": { words: ["journaalpost"], many: [], boundTo: "period", isOfEmployee: false, endings: pdf },
  "payment-list": { words: ["betaallijst"], many: [], boundTo: "period", isOfEmployee: false, endings: pdf },
  "sepa-file": { words: ["sepa-lonen", "sepa-bestand", "sepa"], many: [], boundTo: "period", isOfEmployee: false, endings: ["xml"] },
  "wage-tax-return": { words: ["loonaangifte"], many: [], boundTo: "period", isOfEmployee: false, endings: ["xml", "pdf"] },
  "subsidy-list": { words: ["subsidielijst"], many: [], boundTo: "period", isOfEmployee: false, endings: pdf },
  "leave-balance": { words: ["verlofstand", "verlofsaldo"], many: [], boundTo: "period", isOfEmployee: false, endings: pdf },
}

const months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]

/** The kinds by which a table may call them: the API's name or a word of a file name. Undefined for anything else. */
export function kindCalled(word: string): { kind: string; boundTo: "period" | "year"; isOfEmployee: boolean } | undefined {
  const found = Object.entries(kinds).find(([kind, { words }]) => kind === word || words.includes(word))
  return found && { kind: found[0], ...found[1] }
}

/**
 * What a file's name says: <kind>-<period>, <kind>-<personnel number>-<period>, or the plural, which the portal recognises. A period is 2026-03, maart-2026
 * or 2026-p03; of a document of a year it is the year. Small letters or capitals, and spaces or underscores for hyphens, are one.
 */
export function nameSays(fileName: string, periodKind: string, given: Given = { period: null, year: null }): Named {
  const [, written = "", ending = ""] = /^(.+)\.(pdf|xml)$/i.exec(fileName.normalize("NFC").replace(/[ _]+/g, "-")) ?? []
  if (ending === "") return { unknown: "geen PDF of XML" }
  const base = written.toLowerCase()
  for (const [kind, rules] of Object.entries(kinds)) {
    const isMany = rules.many.some((word) => base === word || base.startsWith(`${word}-`))
    const words = isMany ? rules.many : rules.words
    const word = words.toSorted((one, other) => other.length - one.length).find((one) => base === one || base.startsWith(`${one}-`))
    if (word === undefined) continue
    if (!rules.endings.includes(ending.toLowerCase())) return { unknown: `een ${word} is geen ${ending.toUpperCase()}` }
    return told(kind, rules, written.slice(word.length + 1), { isMany, periodKind, given })
  }
  return { unknown: "de naam zegt niet wat het is" }
}

/** 2026-03, maart-2026 or 2026-p03 as a period of a year; null for anything else. */
export function periodIn(text: string, periodKind: string): PeriodOfYear | null {
  const [, year, number] = /^(20\d\d)-p?(\d\d?)$/i.exec(text) ?? []
  const [, month = "", yearAfter] = /^([a-z]+)-(20\d\d)$/i.exec(text) ?? []
  const byName = periodKind === "month" ? months.indexOf(month.toLowerCase()) + 1 : 0
  const found = { year: Number(year ?? yearAfter), period: Number(number ?? byName) }
  return found.period >= 1 && found.period <= (periodKind === "month" ? 12 : 13) ? found : null
}

/** A year from 2000 to 2099; null for anything else. */
export function yearIn(text: string): number | null {
  return /^20\d\d$/.test(text) ? Number(text) : null
}

function told(kind: string, rules: Rules, rest: string, { isMany, periodKind, given }: { isMany: boolean; periodKind: string; given: Given }): Named {
  const read = (text: string) => (rules.boundTo === "year" ? asYear(yearIn(text)) : periodIn(text, periodKind))
  const fallback = rules.boundTo === "year" ? asYear(given.year) : given.period
  for (const { number, time } of splits(rest)) {
    const found = time === "" ? fallback : read(time)
    if (!found || (number !== null && (!rules.isOfEmployee || isMany))) continue
    if (rules.boundTo === "period" && given.period && (found.year !== given.period.year || found.period !== given.period.period)) return { unknown: otherPeriod }
    if (isMany || (rules.isOfEmployee && number === null)) return { told: null }
    return { told: { kind, year: found.year, period: found.period, employeeNumber: number } }
  }
  return { unknown: rules.boundTo === "year" ? "het jaar ontbreekt in de naam" : "de periode ontbreekt in de naam, of past niet bij deze werkgever" }
}

function asYear(year: number | null): { year: number; period: null } | null {
  return year === null ? null : { year, period: null }
}

/** The ways to read what follows the kind: only a time, or a number of at most 35 letters and digits and a time. */
function splits(rest: string): { number: string | null; time: string }[] {
  const [, number, time = ""] = /^([a-z0-9]{1,35})(?:-(.*))?$/i.exec(rest) ?? []
  return [{ number: null, time: rest }, ...(number === undefined ? [] : [{ number, time }])]
}
