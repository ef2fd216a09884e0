import type { Reader, Transaction } from "#platform/database.ts"

type Client = { employerId: string; senderId: string }
type Person = { employeeId: string; senderId: string }
export type PasswordBy = "employee" | "sender"

/** Whether a sender may mail the payslips of a client. */
export async function isAllowed(tx: Transaction, client: Client): Promise<boolean> {
  return (await tx.payslipMailClient.findFirst({ where: client, select: { employerId: true } })) !== null
}

/** Lets a sender mail them, or no more. False when that was so already. */
export async function setAllowed(tx: Transaction, client: Client, allowed: { by: string; at: Date } | null): Promise<boolean> {
  if (!allowed) return (await tx.payslipMailClient.deleteMany({ where: client })).count > 0
  return (await tx.payslipMailClient.createMany({ data: [{ ...client, allowedBy: allowed.by, allowedAt: allowed.at }], skipDuplicates: true })).count > 0
}

/** Whether a sender mails somebody's payslips; of any sender when none is named. */
export async function isOn(tx: Transaction, person: { employeeId: string; senderId?: string }): Promise<boolean> {
  return (await tx.payslipMailPerson.findFirst({ where: person, select: { employeeId: true } })) !== null
}

/** Switches it on or off for one person. False when that was so already. */
export async function setOn(tx: Transaction, person: Person, on: { by: string; at: Date } | null): Promise<boolean> {
  if (!on) return (await tx.payslipMailPerson.deleteMany({ where: person })).count > 0
  return (await tx.payslipMailPerson.createMany({ data: [{ ...person, onBy: on.by, onAt: on.at }], skipDuplicates: true })).count > 0
}

/** Whether somebody wants none by mail. */
export async function isRefused(tx: Transaction, employeeId: string): Promise<boolean> {
  return (await tx.payslipMailRefusal.findUnique({ where: { employeeId }, select: { employeeId: true } })) !== null
}

/** Keeps somebody's no, or takes it back. False when that was so already. */
export async function setRefused(tx: Transaction, employeeId: string, at: Date | null): Promise<boolean> {
  if (!at) return (await tx.payslipMailRefusal.deleteMany({ where: { employeeId } })).count > 0
  return (await tx.payslipMailRefusal.createMany({ data: [{ employeeId, refusedAt: at }], skipDuplicates: true })).count > 0
}

/** Who made what opens somebody's files; null where there is none yet. */
export async function passwordBy(tx: Transaction, employeeId: string): Promise<PasswordBy | null> {
  const row = await tx.payslipMailPassword.findUnique({ where: { employeeId }, select: { madeBy: true } })
  return row === null ? null : row.madeBy === "employee" ? "employee" : "sender"
}

/** Puts another in the place of what opened them. Who makes one for the same person at the same time waits. */
export async function replacePassword(tx: Transaction, row: { employeeId: string; sealed: Uint8Array<ArrayBuffer>; madeBy: PasswordBy; madeAt: Date }): Promise<void> {
  await holdPassword(tx, row.employeeId)
  await tx.payslipMailPassword.deleteMany({ where: { employeeId: row.employeeId } })
  await tx.$executeRaw`insert into payslip_mail_password (employee_id, sealed, made_by, made_at) values (${row.employeeId}::uuid, ${row.sealed}::bytea, ${row.madeBy}, ${row.madeAt}::timestamptz)`
}

/** Lets those who change one person's password wait for each other. */
export async function holdPassword(tx: Transaction, employeeId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`payslip-mail:${employeeId}`}, 0))::text`
}

/** Those of these people whose payslips this sender mails now: allowed for their employer, on for them, not refused, and with something to open them. As the system. */
export async function findMailed(reader: Reader, senderId: string, employeeIds: readonly string[]): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    select p.employee_id as id from payslip_mail_person p
      join employee w on w.id = p.employee_id
      join payslip_mail_client c on c.employer_id = w.employer_id and c.sender_id = p.sender_id
      join payslip_mail_password k on k.employee_id = p.employee_id
    where p.sender_id = ${senderId}::uuid and p.employee_id = any (${[...employeeIds]}::uuid[])
      and not exists (select from payslip_mail_refusal r where r.employee_id = p.employee_id)`
  return rows.map(({ id }) => id)
}

/** What opens somebody's files, sealed. As the system. */
export async function findPassword(reader: Reader, employeeId: string): Promise<Uint8Array | null> {
  const [row] = await reader.$queryRaw<{ sealed: Uint8Array }[]>`select sealed from payslip_mail_password where employee_id = ${employeeId}::uuid`
  return row?.sealed ?? null
}
