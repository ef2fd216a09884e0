import { isSameEmailAddress } from "#policy/email-address.ts"
import { plainInitials } from "#policy/person-name.ts"
import { type ImportedAddress, type ImportedPerson, numberKey } from "./read-people.ts"

/** An employee as the portal has it, of one employer. `bsn` is in the form that `bsnKey` makes of a BSN. */
export type ExistingPerson = {
  number: string
  initials: string | null
  prefix: string | null
  surname: string
  birthDate: string | null
  bsn: string | null
  email: string | null
  address: ImportedAddress | null
  employmentFrom: string | null
  employmentTo: string | null
}

export type ComparedField = Exclude<keyof ExistingPerson, "number">

/**
 * "bsn-of-another-number": the BSN stands under another number of this employer.
 * "unknown-number": nobody has the number, and there is no name to add it by.
 */
export type ImportConflict = { person: ImportedPerson; code: "bsn-of-another-number" | "unknown-number" }

/**
 * Somebody whose employment here is over and who stands in the file under a new number, with the same BSN. `mayRenumber`: whether the same dossier could go on
 * under the new number; not while the file also names the old one.
 */
export type PersonReturning<Existing extends ExistingPerson> = { person: ImportedPerson; existing: Existing; mayRenumber: boolean }

export type PersonChange<Existing extends ExistingPerson> = { person: ImportedPerson; existing: Existing; fields: ComparedField[] }

export type PeopleComparison<Existing extends ExistingPerson> = {
  added: ImportedPerson[]
  changed: PersonChange<Existing>[]
  /** Changed so much that the number may have gone to somebody else: to be confirmed one by one. */
  doubtful: PersonChange<Existing>[]
  /** Came back under another number: to be decided one by one. */
  returning: PersonReturning<Existing>[]
  same: ImportedPerson[]
  /** In the portal without an end of the employment, and not in the file. Reported, never removed. */
  gone: Existing[]
  conflicts: ImportConflict[]
}

/**
 * `setAside`: numbers the file names on lines that cannot be used, so not gone. `bsnKey`: how `ExistingPerson.bsn` is kept; plain unless told. `today`
 * (YYYY-MM-DD) tells which employments are over; without it none is.
 */
export type CompareOptions = { setAside?: readonly string[]; bsnKey?: (bsn: string) => string; today?: string }

/**
 * What an import would do, matched on personnel number. Everybody in the file stands in exactly one of added, changed, doubtful, returning,
 * same and conflicts. A field the file does not tell changes nothing; initials that only lost dots or accents, as in a loonaangifte, are no change.
 */
export function comparePeople<Existing extends ExistingPerson>(
  existing: readonly Existing[],
  imported: readonly ImportedPerson[],
  { setAside = [], bsnKey = (bsn) => bsn, today = "" }: CompareOptions = {},
): PeopleComparison<Existing> {
  const byNumber = new Map(existing.map((person) => [numberKey(person.number), person]))
  const keyed = imported.map((person) => ({
    person,
    known: byNumber.get(numberKey(person.number)),
    bsn: person.bsn ? bsnKey(person.bsn) : undefined,
  }))
  const holders = holdersByBsn(existing, keyed)
  const result: PeopleComparison<Existing> = { added: [], changed: [], doubtful: [], returning: [], same: [], gone: [], conflicts: [] }
  const named = new Set([...imported.map(({ number }) => number), ...setAside].map(numberKey))
  const inFile = new Map(imported.map((person) => [numberKey(person.number), person]))

  for (const { person, known, bsn } of keyed) {
    const isNewBsn = bsn !== undefined && bsn !== known?.bsn
    const fields = known ? changedFields(known, person, isNewBsn) : []
    const held = isNewBsn ? [...(holders.get(bsn) ?? [])].filter((number) => number !== numberKey(person.number)) : []
    const before = known || person.surname === undefined ? null : lastEnded(person, held.map((number) => ({ known: byNumber.get(number), told: inFile.get(number) })), today)
    if (before) result.returning.push({ person, existing: before, mayRenumber: !named.has(numberKey(before.number)) })
    else if (held.length > 0) result.conflicts.push({ person, code: "bsn-of-another-number" })
    else if (known && isSomebodyElse(known, person, bsn, fields)) result.doubtful.push({ person, existing: known, fields })
    else if (known && fields.length > 0) result.changed.push({ person, existing: known, fields })
    else if (known) result.same.push(person)
    else if (person.surname === undefined) result.conflicts.push({ person, code: "unknown-number" })
    else result.added.push(person)
  }

  result.gone = existing.filter(({ number, employmentTo }) => employmentTo === null && !named.has(numberKey(number)))
  return result
}

/**
 * Of all who hold a BSN, whose employment ended last; null unless each of them is known here, is over by now and before the new one starts, and was born on
 * the same day. An end that the file itself tells counts.
 */
function lastEnded<Existing extends ExistingPerson>(
  person: ImportedPerson,
  holders: readonly { known: Existing | undefined; told: ImportedPerson | undefined }[],
  today: string,
): Existing | null {
  const ended = holders.flatMap(({ known, told }) => {
    const end = told?.employmentTo === undefined ? known?.employmentTo : told.employmentTo
    const isOver = !!end && end < today && (person.employmentFrom === undefined || end < person.employmentFrom)
    const isBornAlike = !known?.birthDate || person.birthDate === undefined || known.birthDate === person.birthDate
    return known && isOver && isBornAlike ? [{ known, end }] : []
  })
  if (ended.length < holders.length) return null
  return ended.toSorted((one, other) => other.end.localeCompare(one.end))[0]?.known ?? null
}

/** Every number, known or in the file, by the BSN that stands under it. */
function holdersByBsn(
  existing: readonly ExistingPerson[],
  imported: readonly { person: ImportedPerson; bsn: string | undefined }[],
): Map<string, Set<string>> {
  const holders = new Map<string, Set<string>>()
  const add = (bsn: string | null | undefined, number: string) => {
    if (bsn) holders.set(bsn, (holders.get(bsn) ?? new Set()).add(numberKey(number)))
  }
  for (const { bsn, number } of existing) add(bsn, number)
  for (const { bsn, person } of imported) add(bsn, person.number)
  return holders
}

function changedFields(known: ExistingPerson, person: ImportedPerson, isNewBsn: boolean): ComparedField[] {
  const differs = {
    initials: person.initials !== undefined && !isSameInitials(known.initials ?? "", person.initials),
    prefix: person.prefix !== undefined && person.prefix !== known.prefix,
    surname: person.surname !== undefined && person.surname !== known.surname,
    birthDate: person.birthDate !== undefined && person.birthDate !== known.birthDate,
    bsn: isNewBsn,
    email: person.email !== undefined && !isSameEmailAddress(person.email, known.email ?? ""),
    address: person.address !== undefined && !isSameAddress(known.address, person.address),
    employmentFrom: person.employmentFrom !== undefined && person.employmentFrom !== known.employmentFrom,
    employmentTo: person.employmentTo !== undefined && person.employmentTo !== known.employmentTo,
  } satisfies Record<ComparedField, boolean>
  const fields: ComparedField[] = ["initials", "prefix", "surname", "birthDate", "bsn", "email", "address", "employmentFrom", "employmentTo"]
  return fields.filter((field) => differs[field])
}

/**
 * Whether each of birth date and BSN that both sides tell differs, at least one of them, and so does the surname; or with both of them
 * different, only the initials: a father and his son.
 */
function isSomebodyElse(known: ExistingPerson, person: ImportedPerson, bsn: string | undefined, fields: readonly ComparedField[]): boolean {
  const told: ComparedField[] = []
  if (known.birthDate && person.birthDate) told.push("birthDate")
  if (known.bsn && bsn) told.push("bsn")
  const isOtherName = fields.includes("surname") || (told.length > 1 && fields.includes("initials"))
  return isOtherName && told.length > 0 && told.every((field) => fields.includes(field))
}

function isSameInitials(known: string, told: string): boolean {
  return told === known || (known !== "" && told === plainInitials(known))
}

function isSameAddress(known: ImportedAddress | null, told: ImportedAddress): boolean {
  if (!known) return false
  const sameDoor = known.street === told.street && known.houseNumber === told.houseNumber
  const samePlace = known.postcode === told.postcode && known.city === told.city
  return sameDoor && samePlace && (told.country === null || told.country === known.country)
}
