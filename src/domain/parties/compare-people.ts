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

export type PersonChange<Existing extends ExistingPerson> = { person: ImportedPerson; existing: Existing; fields: ComparedField[] }

export type PeopleComparison<Existing extends ExistingPerson> = {
  added: ImportedPerson[]
  changed: PersonChange<Existing>[]
  /** Changed so much that the number may have gone to somebody else: to be confirmed one by one. */
  doubtful: PersonChange<Existing>[]
  same: ImportedPerson[]
  /** In the portal and not in the file. Reported, never removed. */
  gone: Existing[]
  conflicts: ImportConflict[]
}

/** `setAside`: numbers the file names on lines that cannot be used, so not gone. `bsnKey`: how `ExistingPerson.bsn` is kept; plain unless told. */
export type CompareOptions = { setAside?: readonly string[]; bsnKey?: (bsn: string) => string }

/**
 * What an import would do, matched on personnel number. Everybody in the file stands in exactly one of added, changed, doubtful, same and
 * conflicts. A field the file does not tell changes nothing; initials that only lost dots or accents, as in a loonaangifte, are no change.
 */
export function comparePeople<Existing extends ExistingPerson>(
  existing: readonly Existing[],
  imported: readonly ImportedPerson[],
  { setAside = [], bsnKey = (bsn) => bsn }: CompareOptions = {},
): PeopleComparison<Existing> {
  const byNumber = new Map(existing.map((person) => [numberKey(person.number), person]))
  const keyed = imported.map((person) => ({
    person,
    known: byNumber.get(numberKey(person.number)),
    bsn: person.bsn ? bsnKey(person.bsn) : undefined,
  }))
  const holders = holdersByBsn(existing, keyed)
  const result: PeopleComparison<Existing> = { added: [], changed: [], doubtful: [], same: [], gone: [], conflicts: [] }

  for (const { person, known, bsn } of keyed) {
    const isNewBsn = bsn !== undefined && bsn !== known?.bsn
    const fields = known ? changedFields(known, person, isNewBsn) : []
    if (isNewBsn && (holders.get(bsn)?.size ?? 0) > 1) result.conflicts.push({ person, code: "bsn-of-another-number" })
    else if (known && isSomebodyElse(known, person, bsn, fields)) result.doubtful.push({ person, existing: known, fields })
    else if (known && fields.length > 0) result.changed.push({ person, existing: known, fields })
    else if (known) result.same.push(person)
    else if (person.surname === undefined) result.conflicts.push({ person, code: "unknown-number" })
    else result.added.push(person)
  }

  const named = new Set([...imported.map(({ number }) => number), ...setAside].map(numberKey))
  result.gone = existing.filter(({ number }) => !named.has(numberKey(number)))
  return result
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
