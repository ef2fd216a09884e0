import { afterAll, beforeAll, expect, test } from "vitest"
import { deliver } from "#domain/deliveries/deliver.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, startWith, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let office: Viewer
let bakers: Map<string, string>
let deliveryId: string

beforeAll(async () => {
  office = await makeOffice()
  const employerId = await makeClient(office)
  bakers = await bringInBakers(office, employerId)
  const february = await startWith(office, employerId, "februari", ["loonstroken-februari-2026.pdf"])
  await stageDelivery(office, { deliveryId: february }, today)
  await sendDelivery(office, { deliveryId: february })
  await deliver({ deliveryId: february }, today)
  deliveryId = await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"])
}, 200_000)

const idOf = (number: string) => bakers.get(number) ?? ""
const checkOf = async (number: string) => (await viewDelivery(office, { deliveryId })).items.find((item) => item.employeeId === idOf(number))?.check
const change = (number: string, data: { period?: number; year?: number; pages?: number[]; kind?: string }) => asSystem("operate", (tx) => tx.deliveryItem.updateMany({ where: { deliveryId, employeeId: idOf(number) }, data }))
const left = (number: string, day: string) => asSystem("operate", (tx) => tx.employee.update({ where: { id: idOf(number) }, data: { employedTo: new Date(`${day}T00:00:00Z`) }, select: { id: true } }))

/** Somebody whose two payslips have as many pages. */
const usual = "5"

test("a payslip like that of the month before, for somebody who can be mailed, is fine", async () => {
  expect(await checkOf(usual)).toMatchObject({ level: "green", code: "ready", mail: null })
})

test("another number of pages than that person's other payslips is worth a look", async () => {
  await change(usual, { pages: [1, 2, 3] })
  expect(await checkOf(usual)).toMatchObject({ level: "amber", code: "pages-differ" })
})

test.each([
  ["on the last day before it", "6", "2026-02-28", "amber", "left-before"],
  ["in it", "7", "2026-03-01", "green", "ready"],
  ["a year before it, to the day", "8", "2025-03-01", "amber", "left-before"],
  ["more than a year before it", "9", "2025-02-28", "red", "left-long-ago"],
])("whoever left %s", async (_when, number, day, level, code) => {
  await left(number, day)
  const pages = (await viewDelivery(office, { deliveryId })).items.find((item) => item.employeeId === idOf(number))?.pages.length
  const before = await asSystem("operate", (tx) => tx.deliveryItem.findFirst({ where: { employeeId: idOf(number), fileId: { not: null } }, select: { pages: true } }))
  expect(pages).toBe(before?.pages.length)
  expect(await checkOf(number)).toMatchObject({ level, code })
})

test("period 13 is none of a monthly payroll, and is one of a payroll of four weeks", async () => {
  await change("10", { period: 13 })
  expect(await checkOf("10")).toMatchObject({ level: "red", code: "no-such-period" })
  await asSystem("operate", (tx) => tx.employer.updateMany({ data: { periodKind: "four-weeks" } }))
  expect((await checkOf("10"))?.code).not.toBe("no-such-period")
  await asSystem("operate", (tx) => tx.employer.updateMany({ data: { periodKind: "month" } }))
})

test("a year that is far off is worth a look, the one before and after are not", async () => {
  for (const [year, code] of [[2023, "year-far"], [2024, "year-far"], [2025, "ready"], [2027, "ready"], [2028, "year-far"]] as const) {
    await change("11", { year, kind: "payslip" })
    expect([year, (await checkOf("11"))?.code]).toEqual([year, code])
  }
})

test("whose mail came back is told, also where something graver was found", async () => {
  await asSystem("operate", (tx) => tx.mail.updateMany({ where: { account: { roles: { some: { partyId: { in: [idOf("12"), idOf("9")] } } } } }, data: { state: "failed", failure: "rejected", sealed: null } }))
  expect(await checkOf("12")).toEqual({ level: "amber", code: "bounced", mail: "bounced" })
  expect(await checkOf("9")).toEqual({ level: "red", code: "left-long-ago", mail: "bounced" })
})

test("red stops the sending", async () => {
  await stageDelivery(office, { deliveryId }, today)
  await expect(sendDelivery(office, { deliveryId })).rejects.toMatchObject({ code: "delivery-has-red", details: { count: 2 } })
})
