import { normaliseBsn } from "#policy/bsn.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { normaliseInitials } from "#policy/person-name.ts"
import { normalisePostcode } from "#policy/postcode.ts"
import type { ImportField } from "#policy/import-fields.ts"
import type { ImportedAddress, ImportedPerson, ImportProblem, ImportProblemCode } from "./read-people.ts"
import { importProblem } from "./read-people.ts"

/** The texts of one person as they stand in a source, by field, each with its line. A field the source does not have is absent. */
export type RawPerson = Partial<Record<ImportField, { text: string; line: number }>>

/** Longest text per field, in characters: number, surname as the loonaangifte has them, the rest with room to spare. */
const LONGEST = {
  number: 35,
  initials: 30,
  prefix: 30,
  surname: 200,
  birthDate: 20,
  bsn: 20,
  email: 254,
  street: 100,
  houseNumber: 20,
  houseNumberAddition: 20,
  postcode: 20,
  city: 100,
  country: 60,
  employmentFrom: 20,
  employmentTo: 20,
} satisfies Record<ImportField, number>

/** `person` is null when a problem keeps it out; `number` is there even then, as far as it could be read, and "" otherwise. */
export type PersonRead = { person: ImportedPerson | null; number: string; problems: ImportProblem[] }

/** Checks and spells the fields of one person who stands on this line. */
export function readPerson(raw: RawPerson, line: number): PersonRead {
  const problems: ImportProblem[] = []
  const report = (code: ImportProblemCode, field: ImportField) => problems.push(importProblem(raw[field]?.line ?? line, code, field))
  const read = (field: ImportField): string => {
    const text = cleanText(raw[field]?.text ?? "")
    if (text.length <= LONGEST[field]) return text
    report("text-too-long", field)
    return ""
  }
  const readAs = (field: ImportField, code: ImportProblemCode, rule: (text: string) => string | null): string | undefined => {
    const text = read(field)
    const value = text && rule(text)
    if (value === null) report(code, field)
    return value || undefined
  }

  const number = read("number")
  const surname = read("surname")
  const person = {
    line,
    number,
    initials: normaliseInitials(read("initials")) || undefined,
    prefix: read("prefix") || (raw.prefix && surname ? null : undefined),
    surname: surname || undefined,
    birthDate: readAs("birthDate", "date-impossible", readDate),
    bsn: readAs("bsn", "bsn-invalid", normaliseBsn),
    email: readAs("email", "email-invalid", normaliseEmailAddress),
    address: readAddress(read, () => report("postcode-invalid", "postcode")),
    employmentFrom: readAs("employmentFrom", "date-impossible", readDate),
    employmentTo: readAs("employmentTo", "date-impossible", readDate) ?? (raw.employmentTo ? null : undefined),
  }
  if (!number && !raw.number?.text.trim()) report("number-missing", "number")
  if (!surname && !raw.surname?.text.trim() && !raw.email?.text.trim()) report("name-missing", "surname")
  const bringsNothing = !surname && !person.email
  const weighed = problems.map((problem) => ({ ...problem, blocking: problem.blocking || (bringsNothing && problem.code === "email-invalid") }))
  return { person: weighed.some(({ blocking }) => blocking) ? null : person, number, problems: weighed }
}

/** Longer than any field, in characters: what is beyond is not looked at, because composing letters takes the square of a row of accents. */
const mostLookedAt = 500

/** One text from outside: composed letters (NFC), line breaks and other control characters as spaces, trimmed, cut off at 500 characters. */
export function cleanText(text: string): string {
  return text.trim().slice(0, mostLookedAt).normalize("NFC").replace(/\p{Cc}+/gu, " ").trim()
}

/** A date as dd-mm-jjjj, d/m/jjjj, d.m.jjjj or jjjj-mm-dd, as "YYYY-MM-DD"; null when there is no such day between 1900 and 2100. */
export function readDate(text: string): string | null {
  const dutch = /^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$/.exec(text)
  const iso = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  const [year, month, day] = dutch ? [dutch[3], dutch[2], dutch[1]] : iso ? [iso[1], iso[2], iso[3]] : []
  if (!year || !month || !day || year < "1900" || year > "2100") return null
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const found = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(date) ? date : null
}

/** Undefined when the source tells no address. A postcode is checked unless the country is another than the Netherlands. */
function readAddress(read: (field: ImportField) => string, reportPostcode: () => void): ImportedAddress | undefined {
  const street = read("street")
  const houseNumber = joinHouseNumber(read("houseNumber"), read("houseNumberAddition"))
  const written = read("postcode")
  const city = read("city")
  const told = read("country").toUpperCase() || null
  if (!street && !written && !city) return undefined
  const dutch = told === null || told === "NL" ? normalisePostcode(written) : null
  if (written && !dutch && (told === null || told === "NL")) reportPostcode()
  return { street, houseNumber, postcode: dutch ?? written, city, country: told ?? (dutch ? "NL" : null) }
}

/** "2" and "a" are "2a"; "2" and "1" are "2-1". */
function joinHouseNumber(houseNumber: string, addition: string): string {
  return /^[0-9]/.test(addition) && /[0-9]$/.test(houseNumber) ? `${houseNumber}-${addition}` : `${houseNumber}${addition}`
}
