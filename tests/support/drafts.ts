import { layBefore } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { drop, today } from "./house.ts"
import { onePage } from "./one-page.ts"

/** A delivery with one file of one document in it, which nobody can tell apart without a hand: ids of all three. */
export async function makeDraft(by: Viewer, employerId: string, name: string): Promise<{ delivery: string; upload: string; item: string }> {
  const { deliveryId } = await startDelivery(by, { employerId: by.kind === "office" ? employerId : null }, today)
  const upload = await drop(by, deliveryId, name, await onePage(name))
  const items = await asSystem("operate", (tx) => tx.deliveryItem.findMany({ where: { deliveryId }, select: { id: true } }))
  return { delivery: deliveryId, upload, item: items[0]?.id ?? "" }
}

/** A delivery of an overview that an office laid before its client, which can be mailed from then on. */
export async function makeLaid(by: Viewer, employer: Viewer): Promise<{ delivery: string; upload: string; item: string; round: string }> {
  const draft = await makeDraft(by, employer.partyId, "overzicht-4.pdf")
  await assignItem(by, { itemId: draft.item, kind: "series-overview", year: 2026, period: 4, periodKind: "month", employeeId: null })
  await stageDelivery(by, { deliveryId: draft.delivery }, today)
  await asSystem("operate", (tx) => tx.employer.updateMany({ where: { id: employer.partyId }, data: { email: "akkoord@test.test" } }))
  await layBefore(by, { deliveryId: draft.delivery, comment: "", publishAt: null }, new Date())
  return { ...draft, round: (await viewApproval(employer, { deliveryId: draft.delivery })).openRoundId ?? "" }
}
