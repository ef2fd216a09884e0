import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { approve } from "#domain/approvals/answer-approval.ts"
import { layBefore } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { planDelivery, takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { publishDue } from "#domain/deliveries/release-delivery.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../../support/database.ts"
import { drop, sample } from "../../support/house.ts"
import { payslipsOf, sendPayslips } from "../recall/people.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const now = new Date("2026-04-10T10:00:00Z")
const later = new Date("2026-04-25T10:00:00Z")
let house: House

beforeAll(async () => {
  house = await makeHouse()
  await asSystem("operate", (tx) => tx.employer.updateMany({ where: { id: house.employer.partyId }, data: { email: "akkoord@test.test" } }))
})

async function staged(): Promise<string> {
  const { office, employer } = house
  const { deliveryId } = await startDelivery(office, { employerId: employer.partyId }, now)
  await drop(office, deliveryId, "loonstroken.pdf", Buffer.concat([await sample("maart", "loonstroken-maart-2026.pdf"), Buffer.from(`\n% ${randomUUID()}\n`)]))
  await stageDelivery(office, { deliveryId }, now)
  return deliveryId
}

const stateOf = async (deliveryId: string) => (await viewDelivery(house.office, { deliveryId })).delivery.state

/** The payslips that count for the first employee. */
const current = async () => (await payslipsOf(house.employee)).filter((file) => file.replacedAt === null).map((file) => file.id)

test("what was planned goes out, and does not take the place of a payslip that was sent after that", async () => {
  const { office, employee } = house
  const deliveryId = await staged()
  await planDelivery(office, { deliveryId, publishAt: "2026-04-24T09:00" }, now)
  await sendPayslips(house, new Date("2026-04-12T10:00:00Z"))
  const correction = await current()
  await publishDue(later)
  await deliver({ deliveryId }, later)
  expect(await stateOf(deliveryId)).toBe("sent")
  expect(await payslipsOf(employee)).toHaveLength(2)
  expect(await current()).toEqual(correction)
  expect(correction).toHaveLength(1)
}, 60_000)

test("nor does what was approved after that, when it was laid before the employer earlier", async () => {
  const { office, employer, employee } = house
  const deliveryId = await staged()
  await layBefore(office, { deliveryId, comment: "", publishAt: null }, later)
  await sendPayslips(house, new Date("2026-04-26T10:00:00Z"))
  const correction = await current()
  await approve(employer, { roundId: (await viewApproval(employer, { deliveryId })).openRoundId ?? "", comment: "" }, new Date("2026-04-27T10:00:00Z"))
  await deliver({ deliveryId }, new Date("2026-04-27T10:00:00Z"))
  expect(await payslipsOf(employee)).toHaveLength(4)
  expect(await current()).toEqual(correction)
}, 60_000)

test("what is sent by hand takes the place of all that was sent before, however long it lay planned", async () => {
  const { office } = house
  const [sent, again] = [new Date("2026-05-02T10:00:00Z"), new Date("2026-05-03T10:00:00Z")]
  const deliveryId = await staged()
  await planDelivery(office, { deliveryId, publishAt: "2026-05-20T09:00" }, new Date("2026-05-01T10:00:00Z"))
  await sendPayslips(house, sent)
  const before = await current()
  await takeBackDelivery(office, { deliveryId })
  await sendDelivery(office, { deliveryId })
  await deliver({ deliveryId }, again)
  const after = await current()
  expect([after.length, after[0] === before[0]]).toEqual([1, false])
}, 60_000)
