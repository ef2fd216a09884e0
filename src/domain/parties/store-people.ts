import { inBatches } from "#platform/batches.ts"
import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { blindIndex, seal } from "#platform/secrets.ts"
import { isSameEmailAddress } from "#policy/email-address.ts"
import { sortKey } from "#policy/person-name.ts"
import { followAddresses } from "../accounts/follow-address.ts"
import { openDossiers } from "../dossiers/open-dossiers.ts"
import type { PeopleComparison } from "./compare-people.ts"
import type { ExistingEmployee } from "./existing-people.ts"
import { type EmployeeChange, insertEarlierNumbers, insertEmployees, type NewEmployee, updateEmployees } from "./import-repository.ts"
import type { ImportedPerson } from "./read-people.ts"

type Comparison = PeopleComparison<ExistingEmployee>
type Changed = readonly Pick<Comparison["changed"][number], "person" | "existing">[]

/**
 * Writes down the outcome of a comparison: new employees with a dossier each, and the changed fields of known ones, with what follows from another
 * address. Who goes on under a new number keeps dossier and access, and the old number stays known. As the system, for who has the employer in sight and holds it.
 */
export async function storePeople(
  tx: Transaction,
  employerId: string,
  { added, changed, renumbered }: Pick<Comparison, "added"> & { changed: Changed; renumbered: Comparison["returning"] },
  by: { accountId: string; partyId: string },
  now: Date,
): Promise<void> {
  for await (const batch of inBatches(added)) {
    const employees = batch.map((person) => newEmployee(newId(), employerId, person))
    await insertEmployees(tx, employees)
    await openDossiers(tx, employees.map(({ id }) => ({ ownerId: id, employerId })))
  }
  const back = renumbered.map(({ person, existing }) => ({ existing, person: { ...person, employmentTo: person.employmentTo ?? null } }))
  const moved = [...changed, ...back].filter(({ person }) => person.email !== undefined)
  await followAddresses(tx, moved.map(({ person, existing }) => ({ partyId: existing.id, kind: "employee", before: existing.email, after: person.email ?? null })), by, now)
  for await (const batch of inBatches(changed)) await updateEmployees(tx, batch.map(({ person, existing }) => changeOf(existing, person)))
  for await (const batch of inBatches(back)) {
    await insertEarlierNumbers(tx, batch.map(({ existing: { id: employeeId, number } }) => ({ id: newId(), employeeId, number, givenUpAt: now })))
    await updateEmployees(tx, batch.map(({ person, existing }) => ({ ...changeOf(existing, person), number: person.number })))
  }
}

function newEmployee(id: string, employerId: string, person: ImportedPerson): NewEmployee {
  const name = { initials: person.initials ?? "", prefix: person.prefix ?? null, surname: person.surname ?? "" }
  return {
    id,
    employerId,
    number: person.number,
    ...name,
    sortKey: sortKey(name),
    birthDate: person.birthDate ?? null,
    ...sealedBsn(id, person.bsn),
    street: person.address?.street ?? null,
    houseNumber: person.address?.houseNumber ?? null,
    postcode: person.address?.postcode ?? null,
    city: person.address?.city ?? null,
    country: person.address?.country ?? null,
    contactEmail: person.email ?? null,
    employedFrom: person.employmentFrom ?? null,
    employedTo: person.employmentTo ?? null,
  }
}

/** A field that the file does not tell stays as it is. */
function changeOf(existing: ExistingEmployee, person: ImportedPerson): EmployeeChange {
  const name = {
    initials: person.initials ?? existing.initials ?? "",
    prefix: person.prefix === undefined ? existing.prefix : person.prefix,
    surname: person.surname ?? existing.surname,
  }
  return {
    id: existing.id,
    ...name,
    sortKey: sortKey(name),
    ...(person.birthDate === undefined ? {} : { birthDate: person.birthDate }),
    ...(person.bsn === undefined ? {} : sealedBsn(existing.id, person.bsn)),
    ...(person.address === undefined ? {} : { ...person.address, country: person.address.country ?? existing.address?.country ?? null }),
    ...(person.email === undefined || isSameEmailAddress(person.email, existing.email ?? "") ? {} : { contactEmail: person.email }),
    ...(person.employmentFrom === undefined ? {} : { employedFrom: person.employmentFrom }),
    ...(person.employmentTo === undefined ? {} : { employedTo: person.employmentTo }),
  }
}

function sealedBsn(id: string, bsn: string | undefined): Pick<NewEmployee, "bsnSealed" | "bsnIndex"> {
  if (bsn === undefined) return { bsnSealed: null, bsnIndex: null }
  return { bsnSealed: seal("bsn", Buffer.from(bsn), id), bsnIndex: blindIndex("bsn-index", bsn) }
}
