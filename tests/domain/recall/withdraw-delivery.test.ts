import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { tellOfRecall } from "#domain/accounts/tell-of-recall.ts"
import { viewBoard } from "#domain/deliveries/view-board.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { viewDeliveryRecall, withdrawDelivery } from "#domain/deliveries/withdraw-delivery.ts"
import { replaceFile } from "#domain/files/replace-file.ts"
import { viewWithdrawn } from "#domain/files/view-withdrawn.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { addWebhook } from "#domain/webhooks/change-webhooks.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Conflict, Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, keyOf } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { makeOffice, startWith } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { eventsOf, mailsOf, payslipsOf, pdf, read, sendPayslips } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const now = new Date()
let house: House
let stranger: Viewer
beforeAll(async () => {
  house = await makeHouse()
  stranger = await makeOffice()
}, 60_000)

const withdraw = (viewer: Viewer, deliveryId: string, note = "") => withdrawDelivery(viewer, { deliveryId, reason: "wrong-amount", note }, now)
const current = async (viewer: Viewer) => (await payslipsOf(viewer)).find((one) => one.replacedAt === null)?.id ?? ""
const gone = (asked: Promise<unknown>) => expect(asked).rejects.toThrow(NotFound)
const withdrawnOf = (deliveryId: string) => asSystem("operate", (tx) => tx.withdrawal.count({ where: { deliveryId } }))

describe("a whole delivery of which somebody read, one payslip was withdrawn, one replaced, and one went by mail", () => {
  let deliveryId = ""
  let readId = ""
  let newer = ""
  let third = ""
  let messages: { details: unknown }[] = []
  beforeAll(async () => {
    await addWebhook(house.office, { url: "https://elders.test/haak", kinds: ["file.withdrawn"] }, now)
    deliveryId = await sendPayslips(house, new Date())
    const files = await asSystem("operate", (tx) => tx.dossierFile.findMany({ where: { deliveryId }, select: { id: true, dossier: { select: { ownerId: true } } }, orderBy: { id: "asc" } }))
    readId = await current(house.employee)
    await read(house.employee, readId)
    await read(house.employer, readId)
    const colleagues = await current(house.colleague)
    newer = (await replaceFile(house.office, { fileId: colleagues, stream: pdf(), note: "Uren vergeten" }, new Date())).fileId
    const rest = files.filter(({ id }) => id !== readId && id !== colleagues)
    third = rest[0]?.id ?? ""
    await withdrawFile(house.office, { fileId: third, reason: "twice" }, now)
    await asSystem("operate", (tx) => tx.dossierFile.update({ where: { id: readId }, data: { mailedAt: now } }))
  }, 120_000)

  test("tells its sender beforehand how many were opened and by whom, and what went by mail", async () => {
    const recall = await viewDeliveryRecall(house.office, { deliveryId })
    expect(recall).toMatchObject({ deliveryId, withdrawnAt: null, reason: null, mayWithdraw: true, current: 22, together: 0, apart: 1, replaced: 1, opened: 1 })
    expect(recall.openers.map(({ party, files }) => [party, files])).toEqual([["employer", 1], ["employee", 1]])
    expect(recall.openers.map(({ name }) => name)).toEqual(["Bakkerij De Korenmaat B.V.", expect.stringMatching(/^[A-Z]\.? .+/)])
    expect(recall.mailed).toMatchObject([{ name: recall.openers[1]?.name, at: now }])
    expect((await viewDeliveryRecall({ ...house.office, rank: "reader" }, { deliveryId })).mayWithdraw).toBe(false)
  })

  test("is withdrawn at once: what was left goes, each as a single one, with what was said of it", async () => {
    expect(await withdraw(house.office, deliveryId, " Met de verkeerde\r\ntabel ")).toBe(22)
    await gone(viewFile(house.employee, { fileId: readId }))
    await gone(viewFile(house.employer, { fileId: readId }))
    expect((await read(house.office, readId)).length).toBeGreaterThan(100)
    expect((await read(house.colleague, newer)).length).toBeGreaterThan(5)
    expect(await viewWithdrawn(house.employee, { fileId: readId })).toMatchObject({ reason: "wrong-amount", note: "Met de verkeerde\ntabel", withdrawnAt: now, newer: null })
    expect(await viewWithdrawn(house.employer, { fileId: third })).toMatchObject({ reason: "twice", note: null })
    expect([await eventsOf(readId, "file.withdrawn"), await eventsOf(deliveryId, "delivery.withdrawn"), await withdrawnOf(deliveryId)]).toEqual([1, 1, 22])
    expect(await viewDeliveryRecall(house.office, { deliveryId })).toMatchObject({ withdrawnAt: now, reason: "wrong-amount", mayWithdraw: false, current: 0, together: 22, apart: 1, replaced: 1, opened: 1, openers: [{ files: 1 }, { files: 1 }], mailed: [{}] })
    expect((await viewDelivery(house.office, { deliveryId })).delivery.withdrawnAt).toEqual(now)
    messages = await asSystem("operate", (tx) => tx.webhookMessage.findMany({ where: { kind: "file.withdrawn", webhook: { partyId: house.office.partyId } }, select: { details: true } }))
    expect(messages.filter(({ details }) => JSON.stringify(details).includes(readId))).toHaveLength(1)
    expect(messages).toHaveLength(23)
  })

  test("and counts no more on the month board, where the new version of the one that was replaced still does", async () => {
    const { rows } = await viewBoard(house.office, { year: 2026, order: "naam", isFalling: false, onlyToDo: false }, now)
    expect(rows[0]?.cells[2]).toMatchObject({ documents: 1, opened: 1 })
  })

  test("is told by one mail to each who had any of it, also when the job runs twice; not to who had what was left as it was", async () => {
    for (const _time of [1, 2]) await tellOfRecall({ deliveryId, what: "file-withdrawn" }, now)
    expect(await Promise.all([house.employee, house.employer, house.colleague, house.office].map((one) => mailsOf(one, "file-withdrawn")))).toEqual([1, 1, 0, 0])
  })

  test("twice is harmless", async () => {
    expect(await withdraw(house.office, deliveryId, "Nog een keer")).toBe(0)
    expect(await eventsOf(deliveryId, "delivery.withdrawn")).toBe(1)
    expect(await viewDeliveryRecall(house.office, { deliveryId })).toMatchObject({ note: "Met de verkeerde\ntabel" })
  })
})

test("whoever did not send it finds nothing to withdraw, who may only read is refused, and what was not sent cannot be", async () => {
  const deliveryId = await sendPayslips(house, new Date())
  for (const viewer of [stranger, house.employer]) {
    await gone(withdraw(viewer, deliveryId))
    await gone(viewDeliveryRecall(viewer, { deliveryId }))
  }
  for (const viewer of [house.employee, { ...house.office, rank: "reader" as const }]) await expect(withdraw(viewer, deliveryId)).rejects.toThrow(Forbidden)
  expect(await withdrawnOf(deliveryId)).toBe(0)
  const draft = await startWith(house.office, house.employer.partyId, "maart", ["journaalpost-maart-2026.pdf"])
  await expect(withdraw(house.office, draft)).rejects.toThrow(new Conflict("delivery-not-sent"))
}, 60_000)

test("two who withdraw it at once, while it is opened and one of it is withdrawn, withdraw it once and count what was given", async () => {
  const deliveryId = await sendPayslips(house, new Date())
  const [mine, theirs] = [await current(house.employee), await current(house.colleague)]
  const opened = Array.from({ length: 6 }, () => read(house.employee, mine).then(() => 1, (error: unknown) => (error instanceof NotFound ? 0 : Promise.reject(error))))
  const [first, second, , ...given] = await Promise.all([withdraw(house.office, deliveryId), withdraw(house.office, deliveryId), withdrawFile(house.office, { fileId: theirs, reason: "other" }, now), ...opened])
  expect([first + second, await eventsOf(deliveryId, "delivery.withdrawn"), await eventsOf(theirs, "file.withdrawn")]).toEqual([await withdrawnOf(deliveryId), 1, 1])
  expect(await asSystem("operate", (tx) => tx.withdrawal.count({ where: { fileId: { in: [mine, theirs] } } }))).toBe(2)
  const receivers = await asSystem("operate", (tx) => tx.withdrawalReceiver.findMany({ where: { fileId: mine, audienceId: house.employee.partyId }, select: { openings: true } }))
  expect(receivers.map(({ openings }) => openings)).toEqual([given.reduce((sum: number, one) => sum + one, 0)])
}, 60_000)

test("a program withdraws it with a key that may send, told the same twice", async () => {
  const api = apiFor(operations)
  const deliveryId = await sendPayslips(house, new Date())
  const ask = callerWith(api, await keyOf(house.office))
  const path = `/deliveries/${deliveryId}/withdrawal`
  const json = { reason: "wrong-period", note: "Februari in plaats van maart" }
  expect((await ask(`GET ${path}`)).body).toMatchObject({ withdrawnAt: null, current: 24, opened: 0, openers: [], mailed: [] })
  expect((await ask(`POST ${path}`, { json: { ...json, note: "Van 999990019" } })).body).toMatchObject({ code: "note-bsn" })
  expect((await ask(`POST ${path}`, { json })).body).toMatchObject({ ...json, current: 0, together: 24 })
  expect((await ask(`POST ${path}`, { json })).body).toMatchObject({ ...json, together: 24 })
  expect((await ask(`GET /deliveries/${deliveryId}`)).body).toMatchObject({ state: "sent", withdrawnAt: expect.any(String) })
  const reader = callerWith(api, await keyOf(house.office, { scopes: ["deliveries:read"] }))
  const strange = callerWith(api, await keyOf(stranger))
  expect([(await reader(`POST ${path}`, { json })).status, (await strange(`POST ${path}`, { json })).status, (await strange(`GET ${path}`)).status]).toEqual([403, 404, 404])
  const draft = await startWith(house.office, house.employer.partyId, "maart", ["journaalpost-maart-2026.pdf"])
  expect((await ask(`POST /deliveries/${draft}/withdrawal`, { json })).body).toMatchObject({ code: "delivery-not-sent" })
}, 60_000)

test("the office of before withdraws nothing of it and knows nothing of it", async () => {
  const deliveryId = await sendPayslips(house, new Date())
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { id: house.engagementId }, data: { endedAt: now } }))
  await gone(withdraw(house.office, deliveryId))
  await gone(viewDeliveryRecall(house.office, { deliveryId }))
  expect(await withdrawnOf(deliveryId)).toBe(0)
  expect((await read(house.employee, await current(house.employee))).length).toBeGreaterThan(100)
}, 60_000)
