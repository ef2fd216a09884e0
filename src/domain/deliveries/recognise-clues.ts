import type { PdfPage } from "#platform/pdf.ts"
import { passesElevenTest } from "#policy/bsn.ts"
import { findBirthDates, findDates } from "./recognise-dates.ts"
import type { Field, PageFields } from "./recognise-fields.ts"
import type { NameIndex, NameMatches } from "./recognise-names.ts"
import { indexNames, looksLikePerson, matchNameWithin, matchWholeName } from "./recognise-names.ts"
import type { Hints, Person } from "./recognise-types.ts"

/**
 * Something on the page that points at people. `strict` ones stand under a label that is about the page's own employee: whoever they do not
 * point at, the page is not about. The others only support.
 */
export type Clue = {
  type: "number" | "bsn" | "birth-date" | "name"
  strict: boolean
  full: ReadonlySet<string>
  weak: ReadonlySet<string>
  otherInitials: ReadonlySet<string>
  place: Place
  /** A labelled value that is nobody's as it stands: what can be learnt. */
  told?: string
}
type Place = "labelled" | "line" | "within"

/** The people of one employer, by everything that a page can say of them. */
export type Index = {
  people: ReadonlyMap<string, Person>
  names: NameIndex
  byNumber: ReadonlyMap<string, ReadonlySet<string>>
  byBirth: ReadonlyMap<string, ReadonlySet<string>>
  byBsn: ReadonlyMap<string, ReadonlySet<string>>
}

/** Makes the index once per file. */
export function indexPeople(people: readonly Person[]): Index {
  const by = (keys: (person: Person) => readonly (string | null | undefined)[]) => {
    const map = new Map<string, Set<string>>()
    for (const person of people) {
      for (const value of keys(person)) if (value) map.set(value, (map.get(value) ?? new Set()).add(person.employeeId))
    }
    return map
  }
  return {
    people: new Map(people.map((person) => [person.employeeId, person])),
    names: indexNames(people),
    byNumber: by(({ number, earlierNumbers = [] }) => [number, ...earlierNumbers].map((one) => one && normaliseNumber(one))),
    byBirth: by(({ birthDate }) => [birthDate]),
    byBsn: by(({ bsn }) => [bsn]),
  }
}

/** Everything on a page that points at people: numbers, BSNs, birth dates and names, each with its strength and place. */
export function cluesOn(page: PdfPage, fields: PageFields, index: Index, hints: Hints): Clue[] {
  return [...numberClues(fields, index), ...bsnClues(page.text, fields, index), ...birthClues(page.text, fields, index), ...nameClues(fields, index, hints)]
}

const nobody: ReadonlySet<string> = new Set()

function numberClues({ fields }: PageFields, { byNumber }: Index): Clue[] {
  return fields.flatMap((field): Clue[] => {
    const value = numberOf(field)
    const strict = field.label !== "weak-number" && field.isSure
    const told = value && !byNumber.has(value) ? { told: `number ${value}` } : {}
    return value ? [{ type: "number", strict, full: peopleOf(value, byNumber), weak: nobody, otherInitials: nobody, place: "labelled", ...told }] : []
  })
}

/** "1001/1" and "P1001" are the number 1001 where nobody has them as they stand. */
function peopleOf(value: string, byNumber: Index["byNumber"]): ReadonlySet<string> {
  const groups = value.match(/\d+/g) ?? []
  return byNumber.get(value) ?? new Set(groups.flatMap((group) => [...(byNumber.get(normaliseNumber(group)) ?? nobody)]))
}

function numberOf({ label, value }: Field): string | null {
  if (label === "number" || label === "weak-number") {
    const [first = ""] = value.split(/\s/)
    return /\d/.test(first) ? normaliseNumber(first) : null
  }
  if (label !== "employee" && label !== "name") return null
  const beside = /^(\d{1,10})(?:\s*[-–/:.]?\s+\p{L}|$)/u.exec(value) ?? /\p{L}\.?\s*\((\d{1,10})\)$/u.exec(value)
  return beside?.[1] ? normaliseNumber(beside[1]) : null
}

/** "0012" and "12" are one number; letters keep their place. */
function normaliseNumber(text: string): string {
  const bare = text.trim().toUpperCase().replace(/[.,;:]+$/, "")
  return /^\d+$/.test(bare) ? bare.replace(/^0+(?=\d)/, "") : bare.replace(/\s/g, "")
}

const nineDigits = /(?<![\d\p{L}.,-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![\d\p{L}]|[.,-]\d|\s?L\s?\d\d)/gu

/** A number that fails the eleven test is no BSN, whatever its label. Without a label only one that belongs to somebody here counts. */
function bsnClues(text: string, { fields }: PageFields, { byBsn }: Index): Clue[] {
  const labelled = fields.filter((field) => field.label === "bsn" && field.isSure).flatMap((field) => /^\D{0,2}(\d[\d. ]{6,10}\d)/.exec(field.value)?.[1] ?? [])
  const plain = labelled.map((value) => value.replace(/\D/g, "").padStart(9, "0"))
  const known = Array.from(text.matchAll(nineDigits), ([digits]) => digits.replace(/\D/g, "")).filter((bsn) => byBsn.has(bsn))
  return [...new Set([...plain, ...known])].filter(passesElevenTest).map((bsn) => ({
    type: "bsn", strict: true, full: byBsn.get(bsn) ?? nobody, weak: nobody, otherInitials: nobody, place: "labelled",
  }))
}

function birthClues(text: string, { fields }: PageFields, { byBirth }: Index): Clue[] {
  const toClue = (days: readonly string[], strict: boolean): Clue => ({
    type: "birth-date",
    strict,
    full: new Set(days.flatMap((day) => [...(byBirth.get(day) ?? nobody)])),
    weak: nobody,
    otherInitials: nobody,
    place: strict ? "labelled" : "within",
  })
  const labelled = fields.filter((field) => field.label === "birth-date" && field.isSure).flatMap((field) => findBirthDates(field.value).slice(0, 1))
  const anywhere = findDates(text).filter((date) => date.days.some((day) => byBirth.has(day)))
  return [...labelled.map((date) => toClue(date.days, true)), ...anywhere.map((date) => toClue(date.days, false))]
}

/**
 * Labelled names, then lines that are a name and no more, then names within a line. A labelled name of nobody here still counts,
 * against everybody; unless it
 * stands under a bare "Naam" beside a name that is known, as an employer's does.
 */
function nameClues(page: PageFields, { names }: Index, hints: Hints): Clue[] {
  const labelled = [...page.fields.filter(({ label }) => label === "employee" || label === "name"), ...composed(page.fields)].map((field) => ({
    field, matches: bestOf(names, spellings(field.value, field.more)),
  }))
  const hasKnown = labelled.some(({ matches }) => fullOf(matches, "full").size > 0)
  const clues = labelled.flatMap(({ field, matches }): Clue[] => {
    const isPersonal = matches.size > 0 || (looksLikePerson(field.value) && !isEmployer(field.value, hints))
    const isStrict = field.isSure && isPersonal && (field.label === "employee" || matches.size > 0 || !hasKnown)
    const told = fullOf(matches, "full").size === 0 && !isEmployer(field.value, hints) ? { told: `name ${foldTold(field.value)}` } : {}
    return isPersonal ? [{ ...toNameClue(matches, isStrict, "labelled"), ...told }] : []
  })
  const lines = page.loose.map((piece) => ({ ...piece, matches: bestOf(names, spellings(piece.text, piece.more)) }))
  for (const { text, matches } of lines) {
    if (fullOf(matches, "full").size > 0) clues.push(toNameClue(matches, false, "line"))
    else if (!aboutOthers.test(text)) clues.push(toNameClue(matchNameWithin(names, text), false, "within"))
  }
  return clues.filter((clue) => clue.place === "labelled" || clue.full.size > 0)
}

const aboutOthers = new RegExp(
  "contact|vragen|question|manager|leidinggevende|namens|directeur|director|behandel|opgesteld|ondertekend|akkoord|administrat" +
    String.raw`|accountant|@|telefoon|\btel\b|bel(?:len)? |mail|collega|vervang|jarig|welkom|feliciteer`,
  "i",
)

/** Surname, prefix and initials under labels of their own are one name. */
function composed(fields: readonly Field[]): Field[] {
  const first = (label: Field["label"]) => fields.find((field) => field.label === label)
  const surname = first("surname")
  if (!surname) return []
  return [{ ...surname, label: "employee", value: [first("initials")?.value, first("prefix")?.value, surname.value].filter(Boolean).join(" "), more: "" }]
}

/** The value alone, with the line under it, with two lines under it: a name may go on there, or an address begin. */
function spellings(value: string, more: string): string[] {
  const join = (start: string, next: string) => (/[-–]$/.test(start) ? start + next : `${start} ${next}`)
  return more.split("\n").filter(Boolean).reduce<string[]>((all, line) => [...all, join(all.at(-1) ?? "", line)], [value])
}

function bestOf(names: NameIndex, texts: readonly string[]): NameMatches {
  const all = texts.map((text) => matchWholeName(names, withoutDates(text).replace(/^(?:(?:nr|no|nummer)\b\.?:?\s*)?\d{1,10}\s*[-–/:.]?\s+/i, "")))
  return all.find((matches) => fullOf(matches, "full").size > 0) ?? all.find((matches) => fullOf(matches, "surname").size > 0) ?? all[0] ?? new Map()
}

const withoutDates = (text: string) => findDates(text).reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text)

const fullOf = (matches: NameMatches, fit: string): ReadonlySet<string> => new Set([...matches].filter(([, found]) => found === fit).map(([id]) => id))

const foldTold = (value: string) => value.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 100)

function toNameClue(matches: NameMatches, strict: boolean, place: Place): Clue {
  return { type: "name", strict, full: fullOf(matches, "full"), weak: fullOf(matches, "surname"), otherInitials: fullOf(matches, "other-initials"), place }
}

function isEmployer(value: string, { employerName }: Hints): boolean {
  return !!employerName && value.toLowerCase().includes(employerName.toLowerCase().slice(0, 40))
}

/** Whether a page names a wage tax number, and not this employer's. */
export function isOfOtherEmployer(text: string, { wageTaxNumber }: Hints): boolean {
  const found = Array.from(text.toUpperCase().matchAll(/(?<!\d)(\d{9})\s?L\s?(\d{2})(?!\d)/g), ([, digits, suffix]) => `${digits}L${suffix}`)
  return !!wageTaxNumber && found.length > 0 && !found.includes(wageTaxNumber.toUpperCase().replace(/\s/g, ""))
}
