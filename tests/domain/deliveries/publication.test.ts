import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { deliver } from "#domain/deliveries/deliver.ts"
import { giveUpSending } from "#domain/deliveries/give-up.ts"
import { changePublication, planDelivery, takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { publishDelivery } from "#domain/deliveries/release-delivery.ts"
import { removeItem } from "#domain/deliveries/remove-from-delivery.ts"
import { sendTogether } from "#domain/deliveries/send-together.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { changeNeedsApproval } from "#domain/parties/need-approval.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice, startWith, today } from "../../support/house.ts"
import { counts } from "../../support/rows.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const nextWeek = "2026-04-01T09:00"
const nextWeekAt = new Date("2026-04-01T07:00:00Z")

let office: Viewer
let employerId: string
let deliveryId: string
beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
})
beforeEach(async () => {
  deliveryId = await startWith(office, employerId, "maart", ["serie-overzichten-maart-2026.pdf"])
  await stageDelivery(office, { deliveryId }, today)
})

const deliveryNow = async (id = deliveryId) => (await viewDelivery(office, { deliveryId: id })).delivery

test("until its date a delivery is nowhere: no file, no right to see one, no account and no mail; then it is sent", async () => {
  const before = await counts()
  await planDelivery(office, { deliveryId, publishAt: nextWeek }, today)
  await planDelivery(office, { deliveryId, publishAt: "2026-04-05T09:00" }, today)
  await deliver({ deliveryId }, today)
  expect(await deliveryNow()).toMatchObject({ state: "planned", publishAt: nextWeekAt, sentAt: null })
  expect(await counts()).toEqual(before)
  const [job] = await asSystem("operate", (tx) => tx.$queryRaw<{ start_after: Date }[]>`select start_after from pgboss.job where name = 'publish-delivery' and data->>'deliveryId' = ${deliveryId}`)
  expect(job?.start_after).toEqual(nextWeekAt)
  await publishDelivery({ deliveryId }, nextWeekAt)
  await deliver({ deliveryId }, nextWeekAt)
  expect(await deliveryNow()).toMatchObject({ state: "sent", sentAt: nextWeekAt })
  expect(await counts()).toMatchObject({ files: before.files + 1 })
})

test("the date can be changed, and the delivery taken back; a job of before does nothing then", async () => {
  await planDelivery(office, { deliveryId, publishAt: nextWeek }, today)
  await changePublication(office, { deliveryId, publishAt: "2026-04-02T09:00" }, today)
  await publishDelivery({ deliveryId }, nextWeekAt)
  expect((await deliveryNow()).state).toBe("planned")
  const itemId = (await viewDelivery(office, { deliveryId })).items[0]?.id ?? ""
  await expect(removeItem(office, { itemId })).rejects.toMatchObject({ code: "delivery-planned" })
  await takeBackDelivery(office, { deliveryId })
  await publishDelivery({ deliveryId }, new Date("2026-04-02T07:00:00Z"))
  expect((await deliveryNow()).state).toBe("staged")
  await expect(changePublication(office, { deliveryId, publishAt: nextWeek }, today)).rejects.toMatchObject({ code: "delivery-staged" })
  await sendDelivery(office, { deliveryId })
  expect(await deliveryNow()).toMatchObject({ state: "sending", publishAt: null })
})

test.each([
  ["2026-03-25T10:12", "publish-past"],
  ["2025-12-01T09:00", "publish-past"],
  ["2027-03-30T09:00", "publish-too-far"],
  ["2026-03-29T02:30", "publish-no-such-hour"],
  ["2026-10-25T02:30", "publish-hour-twice"],
  ["2026-02-30T09:00", "publish-no-date"],
  ["morgen", "publish-no-date"],
  ["", "publish-no-date"],
])("a delivery is not planned for %j: %s", async (publishAt, code) => {
  await expect(planDelivery(office, { deliveryId, publishAt }, today)).rejects.toMatchObject({ code, details: { field: "publishAt" } })
  expect((await deliveryNow()).state).toBe("staged")
})

test("one minute ahead is ahead", async () => {
  await planDelivery(office, { deliveryId, publishAt: "2026-03-25T10:13" }, today)
  expect((await deliveryNow()).publishAt).toEqual(new Date("2026-03-25T09:13:00Z"))
})

test("what fails at every try is staged again and says so, until it is sent once more", async () => {
  await sendDelivery(office, { deliveryId })
  await giveUpSending({ deliveryId }, today)
  await giveUpSending({ deliveryId }, nextWeekAt)
  expect(await deliveryNow()).toMatchObject({ state: "staged", failedAt: today })
  await sendDelivery(office, { deliveryId })
  expect(await deliveryNow()).toMatchObject({ state: "sending", failedAt: null })
})

test("of several that are sent at once, one that may not go keeps none back, and another's is none of them", async () => {
  const draft = await startWith(office, employerId, "maart", ["journaalpost-maart-2026.pdf"])
  const stranger = await makeOffice()
  await expect(sendTogether(stranger, { deliveryIds: [deliveryId] })).rejects.toMatchObject({ code: "deliveries-none-sent" })
  expect(await sendTogether(office, { deliveryIds: [draft, deliveryId, deliveryId] })).toEqual({ sent: 1, refused: 1 })
  expect([(await deliveryNow()).state, (await deliveryNow(draft)).state]).toEqual(["sending", "draft"])
})

test("akkoord that is always needed since it was planned holds it back on its date: staged again, with what is missing", async () => {
  await planDelivery(office, { deliveryId, publishAt: nextWeek }, today)
  await changeNeedsApproval(office, { employerId, needsApproval: true })
  await publishDelivery({ deliveryId }, today)
  expect(await deliveryNow()).toMatchObject({ state: "planned", failedAt: null })
  const before = await counts()
  for (const _twice of [1, 2]) await publishDelivery({ deliveryId }, nextWeekAt)
  await deliver({ deliveryId }, nextWeekAt)
  expect(await viewDelivery(office, { deliveryId })).toMatchObject({ needsApproval: true, delivery: { state: "staged", failedAt: nextWeekAt, publishAt: nextWeekAt } })
  expect(await counts()).toEqual(before)
  const events = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { chainId: deliveryId, kind: "delivery.held-back" }, select: { accountId: true, partyId: true } }))
  expect(events).toEqual([{ accountId: null, partyId: office.partyId }])
  await expect(sendDelivery(office, { deliveryId })).rejects.toMatchObject({ code: "approval-needed" })
  await changeNeedsApproval(office, { employerId, needsApproval: false })
  await sendDelivery(office, { deliveryId })
  expect((await deliveryNow()).state).toBe("sending")
})
