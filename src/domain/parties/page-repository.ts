import type { Transaction } from "#platform/database.ts"

/** A page after the row with the id `after` (null: from the first), at most `limit` rows. Ids rise in time, so what comes in between moves nothing. */
export type IdPage = { after: string | null; limit: number }

export type ListedEmployer = { id: string; number: string | null; name: string; wageTaxNumber: string; periodKind: string }

const employerColumns = { id: true, number: true, name: true, wageTaxNumber: true, periodKind: true } as const

/** The employers in sight of this transaction, in the order in which they came. */
export async function findEmployerPage(tx: Transaction, { after, limit }: IdPage): Promise<ListedEmployer[]> {
  return tx.employer.findMany({ where: after === null ? {} : { id: { gt: after } }, orderBy: { id: "asc" }, take: limit, select: employerColumns })
}

export type ListedEmployee = {
  id: string
  number: string
  initials: string
  prefix: string | null
  surname: string
  contactEmail: string | null
  employedFrom: Date | null
  employedTo: Date | null
  access: string
}

/** The employees of an employer, or these of them, in the order in which they came, without BSN, birth date and address. */
export async function findEmployeePage(tx: Transaction, employerId: string, ids: readonly string[] | null, { after, limit }: IdPage): Promise<ListedEmployee[]> {
  return tx.employee.findMany({
    where: { employerId, AND: [ids === null ? {} : { id: { in: [...ids] } }, after === null ? {} : { id: { gt: after } }] },
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true, number: true, initials: true, prefix: true, surname: true, contactEmail: true, employedFrom: true, employedTo: true, access: true },
  })
}

/** The employer in sight of this transaction with a wage tax number in its one written form. */
export async function findEmployerIdByWageTaxNumber(tx: Transaction, wageTaxNumber: string): Promise<string | null> {
  return (await tx.employer.findUnique({ where: { wageTaxNumber }, select: { id: true } }))?.id ?? null
}

/** The employees with this personnel number, "007" and "7" being one; more than one only where payroll has both. Exactly as written comes first. */
export async function findEmployeeIdsByNumber(tx: Transaction, employerId: string, number: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; isExact: boolean }[]>`
    select id, number = ${number} as "isExact" from employee
    where employer_id = ${employerId}::uuid
      and (number = ${number} or (number ~ '^[0-9]+$' and ${number} ~ '^[0-9]+$' and ltrim(number, '0') = ltrim(${number}, '0')))
    order by "isExact" desc limit 2`
  const exact = rows.filter((row) => row.isExact)
  return (exact.length > 0 ? exact : rows).map((row) => row.id)
}
