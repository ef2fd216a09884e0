import type { Transaction } from "#platform/database.ts"
import { rowsAsJson } from "#platform/rows-as-json.ts"

export type NewEmployee = {
  id: string
  employerId: string
  number: string
  initials: string
  prefix: string | null
  surname: string
  sortKey: string
  birthDate: string | null
  bsnSealed: Uint8Array<ArrayBuffer> | null
  bsnIndex: Uint8Array<ArrayBuffer> | null
  street: string | null
  houseNumber: string | null
  postcode: string | null
  city: string | null
  country: string | null
  contactEmail: string | null
  employedFrom: string | null
  employedTo: string | null
}

/** What changes of an employee; a field that is absent stays. */
export type EmployeeChange = Pick<NewEmployee, "id"> & Partial<Omit<NewEmployee, "id" | "employerId">>

/** Lets one import of an employer's people wait for another, until the transaction ends. */
export async function holdEmployer(tx: Transaction, employerId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${employerId}, 1))`
}

/** Adds employees as parties: one statement per table. Dates are "YYYY-MM-DD". */
export async function insertEmployees(tx: Transaction, employees: readonly NewEmployee[]): Promise<void> {
  const rows = rowsAsJson(employees)
  await tx.$executeRaw`insert into audience (id, kind) select (r->>'id')::uuid, 'employee' from jsonb_array_elements(${rows}::jsonb) r`
  await tx.$executeRaw`
    insert into employee (id, employer_id, number, initials, prefix, surname, sort_key, birth_date, bsn_sealed, bsn_index,
      street, house_number, postcode, city, country, contact_email, employed_from, employed_to)
    select id, "employerId", number, initials, prefix, surname, "sortKey", "birthDate", "bsnSealed", "bsnIndex",
      street, "houseNumber", postcode, city, country, "contactEmail", "employedFrom", "employedTo"
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, "employerId" uuid, number text, initials text, prefix text, surname text,
      "sortKey" text, "birthDate" date, "bsnSealed" bytea, "bsnIndex" bytea, street text, "houseNumber" text, postcode text, city text,
      country text, "contactEmail" text, "employedFrom" date, "employedTo" date)`
}

/** Changes what an import brought, in one statement. */
export async function updateEmployees(tx: Transaction, changes: readonly EmployeeChange[]): Promise<void> {
  await tx.$executeRaw`
    update employee e set
      number = case when r ? 'number' then r->>'number' else number end,
      initials = case when r ? 'initials' then r->>'initials' else initials end,
      prefix = case when r ? 'prefix' then r->>'prefix' else prefix end,
      surname = case when r ? 'surname' then r->>'surname' else surname end,
      sort_key = case when r ? 'sortKey' then r->>'sortKey' else sort_key end,
      birth_date = case when r ? 'birthDate' then (r->>'birthDate')::date else birth_date end,
      bsn_sealed = case when r ? 'bsnSealed' then (r->>'bsnSealed')::bytea else bsn_sealed end,
      bsn_index = case when r ? 'bsnIndex' then (r->>'bsnIndex')::bytea else bsn_index end,
      street = case when r ? 'street' then r->>'street' else street end,
      house_number = case when r ? 'houseNumber' then r->>'houseNumber' else house_number end,
      postcode = case when r ? 'postcode' then r->>'postcode' else postcode end,
      city = case when r ? 'city' then r->>'city' else city end,
      country = case when r ? 'country' then r->>'country' else country end,
      contact_email = case when r ? 'contactEmail' then r->>'contactEmail' else contact_email end,
      employed_from = case when r ? 'employedFrom' then (r->>'employedFrom')::date else employed_from end,
      employed_to = case when r ? 'employedTo' then (r->>'employedTo')::date else employed_to end
    from jsonb_array_elements(${rowsAsJson(changes)}::jsonb) r
    where e.id = (r->>'id')::uuid`
}

/** Notes numbers that were given up for another. */
export async function insertEarlierNumbers(tx: Transaction, rows: readonly { id: string; employeeId: string; number: string; givenUpAt: Date }[]): Promise<void> {
  await tx.earlierNumber.createMany({ data: [...rows], skipDuplicates: true })
}
