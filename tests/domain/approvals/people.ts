import { stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { asSystem } from "#platform/database.ts"
import { unseal } from "#platform/secrets.ts"
import type { Viewer } from "#policy/viewer.ts"
import { makeClient, makeOffice, startWith, today, viewerFor } from "../../support/house.ts"

/** An office, and a client of it where somebody can answer. */
export type Pair = { office: Viewer; employer: Viewer; employerId: string }

/** An office with a client whose own account can be mailed. */
export async function makePair(wageTaxNumber?: string): Promise<Pair> {
  const office = await makeOffice()
  await asSystem("operate", (tx) => tx.office.updateMany({ where: { id: office.partyId }, data: { email: `${office.username}@kantoor.test` } }))
  const employerId = await makeClient(office, wageTaxNumber)
  return { office, employerId, employer: await viewerFor("employer", employerId) }
}

/** A staged delivery with this file of march in it. */
export async function stagedWith(office: Viewer, employerId: string, file = "serie-overzichten-maart-2026.pdf"): Promise<string> {
  const deliveryId = await startWith(office, employerId, "maart", [file])
  await stageDelivery(office, { deliveryId }, today)
  return deliveryId
}

/** The mails about akkoord, oldest first: to whom, and what each says. */
export async function approvalMails(): Promise<[string, string][]> {
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "approval" }, orderBy: { id: "asc" }, select: { id: true, toAddress: true, sealed: true } }))
  return mails.map(({ id, toAddress, sealed }) => [toAddress, sealed ? unseal("mail-token", sealed, id).toString() : ""])
}

/** How many jobs of this name wait for a delivery. */
export async function jobsFor(name: string, deliveryId: string): Promise<number> {
  const jobs = await asSystem("operate", (tx) => tx.$queryRaw<unknown[]>`select 1 from pgboss.job where name = ${name} and data->>'deliveryId' = ${deliveryId}`)
  return jobs.length
}
