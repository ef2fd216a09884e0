import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { approve } from "#domain/approvals/answer-approval.ts"
import { layBefore } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { paintItem, readItem } from "#domain/deliveries/preview-item.ts"
import { stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import { viewWithdrawal } from "#domain/files/view-recall.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, drop, sample } from "../../support/house.ts"
import { payslipsOf, read } from "../recall/people.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const now = new Date("2026-04-10T10:00:00Z")
const gone = (asked: Promise<unknown>) => expect(asked).rejects.toThrow(NotFound)
let house: House
let deliveryId = ""
let fileId = ""
let itemId = ""

beforeAll(async () => {
  house = await makeHouse()
  const { office, employer, employee } = house
  await asSystem("operate", (tx) => tx.employer.updateMany({ where: { id: employer.partyId }, data: { email: "akkoord@test.test" } }))
  deliveryId = (await startDelivery(office, { employerId: employer.partyId }, now)).deliveryId
  const bytes = Buffer.concat([await sample("maart", "loonstroken-maart-2026.pdf"), Buffer.from(`\n% ${randomUUID()}\n`)])
  await drop(office, deliveryId, "loonstroken.pdf", bytes)
  await stageDelivery(office, { deliveryId }, now)
  await layBefore(office, { deliveryId, comment: "", publishAt: null }, now)
  const { items } = await viewDelivery(employer, { deliveryId })
  itemId = items.find((item) => item.employeeId === employee.partyId)?.id ?? ""
  expect((await bytesOf((await readItem(employer, { itemId })).stream)).length).toBeGreaterThan(100)
  await approve(employer, { roundId: (await viewApproval(employer, { deliveryId })).openRoundId ?? "", comment: "" }, now)
  await deliver({ deliveryId }, now)
  fileId = (await payslipsOf(employee))[0]?.id ?? ""
}, 60_000)

test("what was laid before the employer and then withdrawn is gone there too: its bytes, its picture, and its line", async () => {
  const { office, employer } = house
  const before = (await viewDelivery(employer, { deliveryId })).items.length
  await withdrawFile(office, { fileId, reason: "wrong-person" }, now)
  await gone(read(employer, fileId))
  await gone(readItem(employer, { itemId }))
  await gone(paintItem(employer, { itemId, page: 1, width: 400 }))
  expect((await viewDelivery(employer, { deliveryId })).items.length).toBe(before - 1)
  expect((await bytesOf((await readItem(office, { itemId })).stream)).length).toBeGreaterThan(100)
}, 60_000)

test("who looks in a delivery at what was sent counts as who opened the file, once in a session", async () => {
  const { office, employer, colleague } = house
  const file = (await payslipsOf(colleague))[0]?.id ?? ""
  const { items } = await viewDelivery(employer, { deliveryId })
  const item = items.find((one) => one.employeeId === colleague.partyId)?.id ?? ""
  expect((await viewOpenings(office, { fileId: file, page: 1 })).total).toBe(0)
  expect((await paintItem(employer, { itemId: item, page: 1, width: 400 })).length).toBeGreaterThan(100)
  await paintItem(employer, { itemId: item, page: 1, width: 640 })
  expect((await bytesOf((await readItem(employer, { itemId: item })).stream)).subarray(0, 5).toString()).toBe("%PDF-")
  await paintItem(office, { itemId: item, page: 1, width: 400 })
  expect((await viewOpenings(office, { fileId: file, page: 1 })).openings.map(({ how, party }) => [how, party])).toEqual([["view", "employer"]])
  await withdrawFile(office, { fileId: file, reason: "wrong-person" }, now)
  const { receivers } = await viewWithdrawal(office, { fileId: file })
  expect(receivers.map(({ party, openings }) => [party, openings])).toEqual([["employer", 1], ["employee", 0]])
}, 60_000)
