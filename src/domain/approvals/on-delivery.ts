import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { nameOfHolder } from "../accounts/name-of.ts"
import { findWorkers } from "../accounts/find-workers.ts"
import { assertInSight } from "../deliveries/assert-in-sight.ts"
import type { DeliveryRow } from "../deliveries/delivery-views.ts"
import { holdShared } from "../deliveries/lay-delivery.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findOfficeById } from "../parties/find-office.ts"
import { insertEntry, type EntryKind } from "./approval-repository.ts"

/** What a mail about akkoord says; each has a sentence in the mail "approval". */
export type ApprovalNews = "asked" | "reminder" | "note" | "refused" | "approved"

/**
 * Does something with a delivery that the viewer sees and that an office and its client talk about, held until the transaction ends. Whether it is in
 * sight is asked as the viewer; the work is done as the system, because it mails. NotFound for everybody else; Forbidden "reader" for who may only look.
 */
export async function onDelivery(viewer: Viewer, deliveryId: string, work: (tx: Transaction, delivery: DeliveryRow) => Promise<void>): Promise<void> {
  if (viewer.kind === "employee") throw new NotFound()
  await asViewer(viewer, (tx) => assertInSight(tx, deliveryId))
  assertMayChange(viewer)
  await asSystem("approval", async (tx) => work(tx, await holdShared(tx, viewer, deliveryId)))
}

/** Writes down in a round what the viewer said or did, under the name known now. */
export async function writeEntry(tx: Transaction, viewer: Viewer, entry: { roundId: string; kind: EntryKind; comment: string | null }, now: Date): Promise<void> {
  const { accountId, partyId } = viewer
  const name = (await nameOfHolder(tx, accountId)) ?? (viewer.kind === "office" ? (await findOfficeById(tx, partyId))?.name : (await findEmployerById(tx, partyId)).name)
  await insertEntry(tx, { id: newId(), ...entry, accountId, partyId, name: name ?? "", at: now })
}

/** Mails everybody of one side who may answer, and returns how many that are. Nobody's name and nothing of the delivery is in it, and the other side does not see how those mails go. */
export async function tellSide(tx: Transaction, delivery: Pick<DeliveryRow, "employerId" | "senderId">, side: "office" | "employer", news: ApprovalNews, now: Date): Promise<number> {
  const partyId = side === "office" ? delivery.senderId : delivery.employerId
  const party = side === "office" ? await findOfficeById(tx, partyId) : await findEmployerById(tx, partyId)
  const workers = await findWorkers(tx, { partyId, partyEmail: party?.email ?? null, employerId: delivery.employerId })
  await queueMails(tx, workers.map(({ accountId, email }) => ({ kind: "approval" as const, accountId, toAddress: email, partyId: delivery.employerId, ownerId: partyId, token: news })), now)
  return workers.length
}
