import { insertEngagement } from "#domain/parties/party-repository.ts"
import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"

/** The mails that stand in the queue or were sent, by kind. */
export async function mailsByKind(): Promise<Record<string, number>> {
  const rows = await asSystem("operate", (tx) => tx.mail.groupBy({ by: ["kind"], _count: true }))
  return Object.fromEntries(rows.map((row) => [row.kind, row._count]))
}

/** How many rows of the tables in which a delivery leaves something. */
export async function counts() {
  return asSystem("operate", async (tx) => ({
    files: await tx.dossierFile.count(),
    grants: await tx.grant.count(),
    mails: await tx.mail.count(),
    accounts: await tx.account.count(),
    uploads: await tx.deliveryUpload.count(),
    items: await tx.deliveryItem.count(),
    employees: await tx.employee.count(),
  }))
}

/** Has a mail about somebody be one that did not arrive; its id. */
export async function failedMail(partyId: string): Promise<string> {
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { partyId }, select: { id: true } }))
  await asSystem("operate", (tx) => tx.mail.updateMany({ where: { id: mail?.id ?? "" }, data: { state: "failed", failure: "given-up", sealed: null } }))
  return mail?.id ?? ""
}

/** Another office takes the employer over. */
export async function moveTo(employerId: string, officeId: string): Promise<void> {
  await asSystem("operate", async (tx) => {
    await tx.engagement.updateMany({ where: { employerId, endedAt: null }, data: { endedAt: new Date() } })
    await insertEngagement(tx, { id: newId(), officeId, employerId, startedAt: new Date() })
  })
}
