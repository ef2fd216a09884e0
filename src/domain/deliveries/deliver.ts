import { asSystem, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { documentKinds, isDocumentKind } from "#policy/document-kinds.ts"
import { announceFiles } from "../accounts/announce-files.ts"
import { recordEvents } from "../audit/record-event.ts"
import { placeFiles, type FileToPlace } from "../files/place-files.ts"
import { holdDossiers, replaceEarlier } from "../files/replace-earlier.ts"
import { findSender } from "../parties/find-sender.ts"
import { mailPayslips } from "../payslip-mails/mail-payslips.ts"
import { tellWebhooks } from "../webhooks/tell-webhooks.ts"
import { tallyDelivery } from "./board-repository.ts"
import { findDelivery, updateDelivery, type DeliveryRow } from "./delivery-repository.ts"
import { findItems, linkItemsToFiles, type ItemRow } from "./item-repository.ts"

/**
 * Places every document of a delivery that is being sent: files, grants, events, accounts and mails in one transaction, so all of it or nothing. A payslip or
 * annual statement that this sender sent before for the same person and period is replaced by it; one that it sent after it let this delivery go stays the newest.
 * Running it again, or two workers at once, delivers once. When the office no longer works for the employer the delivery goes back to staged.
 */
export async function deliver(input: { deliveryId: string }, now: Date): Promise<void> {
  await asSystem("deliver", async (tx) => {
    const delivery = await findDelivery(tx, input.deliveryId, true)
    if (delivery?.state !== "sending") return
    const sender = await findSender(tx, delivery)
    if (!sender) return updateDelivery(tx, delivery.id, { state: "staged" })
    const items = await findItems(tx, delivery.id)
    const { employerId, senderId, createdBy: accountId } = delivery
    const files = items.map((item) => ({ ...toFile(delivery, item), id: newId() }))
    await holdDossiers(tx, files.map((file) => file.dossierId))
    await placeFiles(tx, files, { employerId, senderId, senderName: sender.name, deliveryId: delivery.id, accountId, at: now })
    await replaceEarlier(tx, { deliveryId: delivery.id, accountId, partyId: senderId }, now)
    await tallyDelivery(tx, delivery.id)
    await linkItemsToFiles(tx, items.map((item, index) => ({ id: item.id, fileId: files[index]?.id ?? "" })))
    await announce(tx, delivery, items, now)
    await mailPayslips(tx, { senderId, payslips: items.flatMap(({ kind, employeeId }, index) => (kind === "payslip" && employeeId ? [{ employeeId, fileId: files[index]?.id ?? "" }] : [])) }, now)
    await updateDelivery(tx, delivery.id, { state: "sent", sentAt: now })
    await tellWebhooks(tx, { partyIds: [senderId, employerId].filter(unique), kind: "delivery.sent", details: { deliveryId: delivery.id, employerId, documents: files.length }, at: now })
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.sent", accountId, partyId: senderId, subjectId: delivery.id, details: { files: files.length } }])
  })
}

function toFile(delivery: DeliveryRow, item: ItemRow): Omit<FileToPlace, "id"> {
  const { dossierId, kind, year, period, periodKind, mediaType, size, sha256, storageKey } = item
  const ownerId = item.employeeId ?? delivery.employerId
  return { dossierId, ownerId, audiences: [delivery.employerId, delivery.audienceId].filter(unique), kind, year, period, periodKind, mediaType, size, sha256, storageKey }
}

function unique(id: string, index: number, ids: readonly string[]): boolean {
  return ids.indexOf(id) === index
}

/** Employees hear of what is theirs; one that was not welcomed yet is welcomed by a payslip or annual statement only. The employer hears of any delivery for it, unless it sent it itself. */
async function announce(tx: Transaction, delivery: DeliveryRow, items: readonly ItemRow[], now: Date): Promise<void> {
  const welcomed = new Map<string, boolean>()
  for (const item of items) {
    if (!item.employeeId || !isDocumentKind(item.kind)) continue
    welcomed.set(item.employeeId, (welcomed.get(item.employeeId) ?? false) || documentKinds[item.kind].welcomesEmployee)
  }
  const employees = [...welcomed].map(([partyId, mayWelcome]) => ({ partyId, mayWelcome }))
  const employer = delivery.senderId === delivery.employerId ? null : delivery.employerId
  const hasOverview = items.some((item) => item.kind === "series-overview" && item.employeeId === null)
  await announceFiles(tx, { deliveryId: delivery.id, employees, employer, hasOverview }, now)
}
