import type { Transaction } from "#platform/database.ts"

/** An employee as payroll knows it. The BSN is sealed; it is opened only by show-bsn.ts. */
export type EmployeeData = {
  id: string
  employerId: string
  number: string
  initials: string
  prefix: string | null
  surname: string
  birthDate: Date | null
  hasBsn: boolean
  street: string | null
  houseNumber: string | null
  postcode: string | null
  city: string | null
  country: string | null
  contactEmail: string | null
  privateEmail: string | null
  phone: string | null
  employedFrom: Date | null
  employedTo: Date | null
  welcomedAt: Date | null
  activeAt: Date | null
  /** What accounts, invitations and welcome mails tell of getting in; "none" without an account. */
  access: string
  /** Why mail to the contact address does not arrive; null where it does, as far as is known. */
  mailTrouble: string | null
}

const columns = {
  id: true, employerId: true, number: true, initials: true, prefix: true, surname: true, birthDate: true, bsnIndex: true,
  street: true, houseNumber: true, postcode: true, city: true, country: true, contactEmail: true, privateEmail: true, phone: true,
  employedFrom: true, employedTo: true, welcomedAt: true, activeAt: true, access: true, mailTrouble: true,
} as const

function toData<Row extends { bsnIndex: unknown }>({ bsnIndex, ...row }: Row): Omit<Row, "bsnIndex"> & { hasBsn: boolean } {
  return { ...row, hasBsn: bsnIndex !== null }
}

/** An employee that the viewer may see. */
export async function findEmployee(tx: Transaction, id: string): Promise<EmployeeData | null> {
  const row = await tx.employee.findUnique({ where: { id }, select: columns })
  return row ? toData(row) : null
}

/** The employees of an employer in the order of their core surname, `limit` from `offset`. */
export async function findEmployees(tx: Transaction, employerId: string, page: { offset: number; limit: number }): Promise<EmployeeData[]> {
  const rows = await tx.employee.findMany({
    where: { employerId },
    select: columns,
    orderBy: [{ sortKey: "asc" }, { number: "asc" }],
    skip: page.offset,
    take: page.limit,
  })
  return rows.map(toData)
}

/** How many employees an employer has. */
export async function countEmployees(tx: Transaction, employerId: string): Promise<number> {
  return tx.employee.count({ where: { employerId } })
}

/** The sealed BSN of an employee, and the dossier in whose chain showing it is recorded. */
export async function findSealedBsn(tx: Transaction, id: string): Promise<{ sealed: Uint8Array | null } | null> {
  const row = await tx.employee.findUnique({ where: { id }, select: { bsnSealed: true } })
  return row ? { sealed: row.bsnSealed } : null
}

/** What recognising a page and comparing an import need of each employee, keyed hashes and sealed BSN included. */
export type EmployeeForMatching = Omit<EmployeeData, "hasBsn"> & { bsnSealed: Uint8Array | null; bsnIndex: Uint8Array | null }

const employeesPerQuery = 200

/** All employees of an employer, or these of them, for matching; some hundreds at a time, so that a large employer holds up nobody. */
export async function findEmployeesForMatching(tx: Transaction, employerId: string, ids: readonly string[] | null = null): Promise<EmployeeForMatching[]> {
  const found: EmployeeForMatching[] = []
  for (;;) {
    const last = found.at(-1)
    const where = { employerId, AND: [ids ? { id: { in: [...ids] } } : {}, last ? { id: { gt: last.id } } : {}] }
    const rows = await tx.employee.findMany({ where, select: { ...columns, bsnSealed: true }, orderBy: { id: "asc" }, take: employeesPerQuery })
    found.push(...rows)
    if (rows.length < employeesPerQuery) return found
  }
}

/** The numbers that people of an employer, or these of them, had there before. */
export async function findEarlierNumbers(tx: Transaction, employerId: string, ids: readonly string[] | null = null): Promise<{ employeeId: string; number: string }[]> {
  return tx.earlierNumber.findMany({ where: { employee: { employerId }, ...(ids ? { employeeId: { in: [...ids] } } : {}) }, select: { employeeId: true, number: true } })
}

/** Notes that these employees got their welcome mail. */
export async function markEmployeesWelcomed(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  await tx.employee.updateMany({ where: { id: { in: [...ids] }, welcomedAt: null }, data: { welcomedAt: now, welcomeDueAt: null } })
}

/** Notes that these employees are to be welcomed as soon as there is a date of birth to prove. */
export async function markEmployeesDue(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  await tx.employee.updateMany({ where: { id: { in: [...ids] }, welcomedAt: null, welcomeDueAt: null }, data: { welcomeDueAt: now } })
}

/** Several employees at once, as far as the viewer may see them. */
export async function findEmployeesByIds(tx: Transaction, ids: readonly string[]): Promise<EmployeeData[]> {
  const rows = await tx.employee.findMany({ where: { id: { in: [...ids] } }, select: columns })
  return rows.map(toData)
}

/** Gives an employee another address in payroll. */
export async function updateContactEmail(tx: Transaction, id: string, contactEmail: string | null): Promise<void> {
  await tx.employee.update({ where: { id }, data: { contactEmail }, select: { id: true } })
}
