import type { Transaction } from "#platform/database.ts"

export type OfficeData = { id: string; clientNumber: string; name: string; street: string | null; houseNumber: string | null; postcode: string | null; city: string | null; email: string | null; phone: string | null }

export type EmployerData = Omit<OfficeData, "clientNumber"> & { number: string | null; wageTaxNumber: string; periodKind: string; welcomedAt: Date | null; activeAt: Date | null }

const address = { street: true, houseNumber: true, postcode: true, city: true, email: true, phone: true } as const
const employerColumns = { id: true, number: true, name: true, wageTaxNumber: true, periodKind: true, welcomedAt: true, activeAt: true, ...address } as const

/** An office that the viewer may see. */
export async function findOffice(tx: Transaction, id: string): Promise<OfficeData | null> {
  return tx.office.findUnique({ where: { id }, select: { id: true, clientNumber: true, name: true, ...address } })
}

/** An employer that the viewer may see: itself, a client, or one's workplace. */
export async function findEmployer(tx: Transaction, id: string): Promise<EmployerData | null> {
  return tx.employer.findUnique({ where: { id }, select: employerColumns })
}

export type ClientRow = EmployerData & { engagementId: string; employees: number }

/** The clients of an office, by name, with the number of employees. */
export async function findClients(tx: Transaction, officeId: string): Promise<ClientRow[]> {
  const engagements = await tx.engagement.findMany({
    where: { officeId, endedAt: null },
    select: { id: true, employer: { select: { ...employerColumns, _count: { select: { employees: true } } } } },
    orderBy: { employer: { name: "asc" } },
  })
  return engagements.map(({ id, employer: { _count, ...employer } }) => ({ ...employer, engagementId: id, employees: _count.employees }))
}

/** The live engagement through which an office works for an employer, with the office's name. */
export async function findLiveEngagement(tx: Transaction, employerId: string): Promise<{ id: string; officeId: string; officeName: string; needsApproval: boolean } | null> {
  const found = await tx.engagement.findFirst({
    where: { employerId, endedAt: null },
    select: { id: true, officeId: true, needsApproval: true, office: { select: { name: true } } },
  })
  return found ? { id: found.id, officeId: found.officeId, officeName: found.office.name, needsApproval: found.needsApproval } : null
}

/** Says whether the office of an engagement always needs akkoord of this client. False when it is not the viewer's, or has ended. */
export async function updateNeedsApproval(tx: Transaction, engagementId: string, needsApproval: boolean): Promise<boolean> {
  const { count } = await tx.engagement.updateMany({ where: { id: engagementId, endedAt: null }, data: { needsApproval } })
  return count > 0
}

/** Whether an employer with this wage tax number is known to the portal, whoever may see it. Reads as the system only. */
export async function employerIsKnown(tx: Transaction, wageTaxNumber: string): Promise<boolean> {
  return (await tx.employer.count({ where: { wageTaxNumber } })) > 0
}

export type NewEmployer = Pick<EmployerData, "id" | "number" | "name" | "wageTaxNumber" | "street" | "houseNumber" | "postcode" | "city" | "email" | "phone" | "periodKind">

/** Adds an employer as a party, with the audience of who sees its series overviews alone. */
export async function insertEmployer(tx: Transaction, employer: NewEmployer & { overviewsId: string }): Promise<void> {
  await tx.audience.createMany({ data: [{ id: employer.id, kind: "employer" }, { id: employer.overviewsId, kind: "overviews" }] })
  await tx.employer.createMany({ data: [employer] })
}

/** Begins an engagement of an office for an employer. */
export async function insertEngagement(tx: Transaction, engagement: { id: string; officeId: string; employerId: string; startedAt: Date }): Promise<void> {
  await tx.audience.createMany({ data: [{ id: engagement.id, kind: "engagement" }] })
  await tx.engagement.createMany({ data: [engagement] })
}

/** Adds an office as a party. */
export async function insertOffice(tx: Transaction, office: OfficeData): Promise<void> {
  await tx.audience.createMany({ data: [{ id: office.id, kind: "office" }] })
  await tx.office.createMany({ data: [office] })
}

/** Notes that these employers got their welcome mail. */
export async function markEmployersWelcomed(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  await tx.employer.updateMany({ where: { id: { in: [...ids] }, welcomedAt: null }, data: { welcomedAt: now } })
}

/** Gives an employer another address in payroll. */
export async function updateEmployerEmail(tx: Transaction, id: string, email: string | null): Promise<void> {
  await tx.employer.update({ where: { id }, data: { email }, select: { id: true } })
}
