import type { ExistingPerson } from "./compare-people.ts"
import type { EmployeeForMatching } from "./employee-repository.ts"

/** An employee of the portal in the shape that an import is compared with. `bsn` is its keyed hash in hexadecimal. */
export type ExistingEmployee = ExistingPerson & { id: string; line: null }

/** Turns an employee's row into what an import compares. */
export function toExisting(row: EmployeeForMatching): ExistingEmployee {
  const { id, number, initials, prefix, surname, street, houseNumber, postcode, city, country } = row
  const hasAddress = street !== null || postcode !== null || city !== null
  return {
    id,
    number,
    initials,
    prefix,
    surname,
    birthDate: isoDate(row.birthDate),
    bsn: row.bsnIndex ? Buffer.from(row.bsnIndex).toString("hex") : null,
    email: row.contactEmail,
    address: hasAddress ? { street: street ?? "", houseNumber: houseNumber ?? "", postcode: postcode ?? "", city: city ?? "", country } : null,
    employmentFrom: isoDate(row.employedFrom),
    employmentTo: isoDate(row.employedTo),
    line: null,
  }
}

function isoDate(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null
}
