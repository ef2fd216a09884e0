import type { ImportField } from "#policy/import-fields.ts"

/** `houseNumber` holds its addition too ("2a"); a Dutch postcode is "1506ED"; `country` is the source's code, null when not told. */
export type ImportedAddress = { street: string; houseNumber: string; postcode: string; city: string; country: string | null }

/**
 * One employee as a source tells it. A field the source lacks, or leaves empty, is undefined and changes nothing; null means that the
 * source says there is none. Dates are "YYYY-MM-DD". `number` is the personnel number as written, `line` where it stands in the file.
 */
export type ImportedPerson = {
  line: number
  number: string
  initials?: string | undefined
  prefix?: string | null | undefined
  surname?: string | undefined
  birthDate?: string | undefined
  bsn?: string | undefined
  email?: string | undefined
  address?: ImportedAddress | undefined
  employmentFrom?: string | undefined
  employmentTo?: string | null | undefined
}


/** Whether a person with this problem stays out of the import (true), or comes in without the field. */
const BLOCKING = {
  "number-missing": true,
  "number-duplicate": true,
  "name-missing": true,
  "bsn-invalid": true,
  "date-impossible": true,
  "text-too-long": true,
  "too-few-fields": true,
  "too-many-fields": true,
  "email-invalid": false,
  "postcode-invalid": false,
} as const

export type ImportProblemCode = keyof typeof BLOCKING

/** What is wrong on which line, in which field (null: the whole line). Never holds the value itself. */
export type ImportProblem = { line: number; code: ImportProblemCode; field: ImportField | null; blocking: boolean }

/** The outcome of a file: who can come in, what is wrong by line, and the numbers of those who are named in it but stay out. */
export type PeopleRead = { people: ImportedPerson[]; problems: ImportProblem[]; setAside: string[] }

/** A problem with its weight looked up. */
export function importProblem(line: number, code: ImportProblemCode, field: ImportField | null): ImportProblem {
  return { line, code, field, blocking: BLOCKING[code] }
}

/** The personnel number as it is compared: "007" and "7" are one number, because a spreadsheet makes them one. */
export function numberKey(number: string): string {
  return /^[0-9]+$/.test(number) ? number.replace(/^0+(?=.)/, "") : number.toUpperCase()
}

/** Sets everybody aside who shares a number with another line: which of them is right is not for us to guess. */
export function setDuplicatesAside({ people, problems, setAside }: PeopleRead): PeopleRead {
  const lines = Map.groupBy(people, ({ number }) => numberKey(number))
  const isTwice = ({ number }: ImportedPerson) => (lines.get(numberKey(number))?.length ?? 0) > 1
  const twice = people.filter(isTwice)
  const told = twice.map(({ line }) => importProblem(line, "number-duplicate", "number"))
  return {
    people: people.filter((person) => !isTwice(person)),
    problems: [...problems, ...told].sort((one, other) => one.line - other.line),
    setAside: [...setAside, ...new Set(twice.map(({ number }) => number))],
  }
}
