import { afterAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sendOff, startWith, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

test("\"Wie ziet dit?\" names an employee as a letter does, and office and employer by their own name, to whoever sees the file", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const employees = await bringInBakers(office, employerId)
  const deliveryId = await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"])
  const draft = await viewDelivery(office, { deliveryId })
  for (const item of draft.items.filter((one) => one.parked !== null)) {
    await assignItem(office, { itemId: item.id, kind: "payslip", year: 2026, period: 3, periodKind: "month", employeeId: employees.get("1") ?? "" })
  }
  await sendOff(office, deliveryId)
  const { items } = await viewDelivery(office, { deliveryId })
  const written = await Promise.all(["1", "2"].map(async (number) => {
    const fileId = items.find((item) => item.employee?.number === number)?.fileId ?? ""
    const employee = await viewerFor("employee", employees.get(number) ?? "")
    const { whoSees } = await viewFile(employee, { fileId })
    expect((await viewFile(office, { fileId })).whoSees).toEqual(whoSees)
    return whoSees.map(({ kind, name, reason }) => [kind, name, reason])
  }))
  const others = [["employer", "Bakkerij De Korenmaat B.V.", "delivered"], ["engagement", expect.stringMatching(/^Kantoor \d+$/), "delivered"]]
  expect(written).toEqual([
    expect.arrayContaining([["employee", "N. Bakker", "placed"], ...others]),
    expect.arrayContaining([["employee", "K. de Vries", "placed"], ...others]),
  ])
  const colleague = await viewerFor("employee", employees.get("3") ?? "")
  await expect(viewFile(colleague, { fileId: items[0]?.fileId ?? "" })).rejects.toThrow(NotFound)
})
