import { createHash } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { paintItem, readItem } from "#domain/deliveries/preview-item.ts"
import { removeItem } from "#domain/deliveries/remove-from-delivery.ts"
import { sendDelivery, stageDelivery, unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { listDeliveries, viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { viewEmployeeCabinet, viewEmployerCabinet } from "#domain/dossiers/view-cabinet.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { openFile } from "#domain/files/open-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, drop, makeClient, makeOffice, sample, sendOff, startWith, today, viewerFor } from "../../support/house.ts"
import { counts, mailsByKind } from "../../support/rows.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const marchFiles = ["loonstroken-maart-2026.pdf", "journaalpost-maart-2026.pdf", "betaallijst-maart-2026.pdf", "sepa-lonen-maart-2026.xml", "serie-overzichten-maart-2026.pdf"]

describe("a month of the bakery", () => {
  let office: Viewer
  let stranger: Viewer
  let employerId: string
  let employees: Map<string, string>
  let deliveryId: string

  beforeAll(async () => {
    office = await makeOffice()
    stranger = await makeOffice()
    employerId = await makeClient(office)
    employees = await bringInBakers(office, employerId)
    deliveryId = await startWith(office, employerId, "maart", marchFiles)
  })

  test("24 payslips on 29 pages are recognised per person, two-page ones together, and employer documents stay whole", async () => {
    const view = await viewDelivery(office, { deliveryId })
    const payslips = view.items.filter((item) => item.kind === "payslip")
    expect(payslips).toHaveLength(24)
    expect(payslips.flatMap((item) => item.pages)).toHaveLength(29)
    expect(payslips.every((item) => item.parked === null && item.year === 2026 && item.period === 3)).toBe(true)
    expect(new Set(payslips.map((item) => item.employee?.number)).size).toBe(24)
    expect(payslips.find((item) => item.employee?.name === "Berg, M.A. van den")?.pages).toHaveLength(2)
    const others = view.items.filter((item) => item.kind !== "payslip").map((item) => [item.kind, item.year, item.period, item.employeeId])
    expect(others.sort()).toEqual([
      ["journal-entry", 2026, 3, null],
      ["payment-list", 2026, 3, null],
      ["sepa-file", 2026, 3, null],
      ["series-overview", 2026, 3, null],
    ])
    expect(view.maySend).toBe(true)
  })

  test("each part can be looked at before it is staged, by nobody else", async () => {
    const [item] = (await viewDelivery(office, { deliveryId })).items
    const itemId = item?.id ?? ""
    const png = await paintItem(office, { itemId, page: 1, width: 200 })
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe("PNG")
    await expect(paintItem(stranger, { itemId, page: 1, width: 200 })).rejects.toThrow(NotFound)
    await expect(readItem(stranger, { itemId })).rejects.toThrow(NotFound)
  })

  test("another office finds no such delivery, on any way in", async () => {
    const [item] = (await viewDelivery(office, { deliveryId })).items
    const assign = { itemId: item?.id ?? "", kind: "payslip" as const, year: 2026, period: 3, periodKind: "month" as const, employeeId: item?.employeeId ?? "" }
    await expect(viewDelivery(stranger, { deliveryId })).rejects.toThrow(NotFound)
    await expect(stageDelivery(stranger, { deliveryId }, today)).rejects.toThrow(NotFound)
    await expect(sendDelivery(stranger, { deliveryId })).rejects.toThrow(NotFound)
    await expect(removeItem(stranger, { itemId: assign.itemId })).rejects.toThrow(NotFound)
    await expect(assignItem(stranger, assign)).rejects.toThrow(NotFound)
    await expect(drop(stranger, deliveryId, "x.pdf", await sample("maart", "betaallijst-maart-2026.pdf"))).rejects.toThrow(NotFound)
    expect(await listDeliveries(stranger, { employerId: null })).toEqual([])
  })

  test("the same file twice is a conflict, and keeps nothing of the second", async () => {
    const before = await counts()
    await expect(drop(office, deliveryId, "nog eens.pdf", await sample("maart", "loonstroken-maart-2026.pdf"))).rejects.toMatchObject({ code: "upload-twice" })
    expect(await counts()).toEqual(before)
  })

  test("what is staged can be opened again for changes; what is not staged cannot be sent", async () => {
    await expect(sendDelivery(office, { deliveryId })).rejects.toThrow(Conflict)
    await stageDelivery(office, { deliveryId }, today)
    await stageDelivery(office, { deliveryId }, today)
    await unstageDelivery(office, { deliveryId })
    expect((await viewDelivery(office, { deliveryId })).delivery.state).toBe("draft")
  })

  test("sending twice, and two workers at once, delivers once; employees and employer are welcomed", async () => {
    const before = await counts()
    await stageDelivery(office, { deliveryId }, today)
    await Promise.all([sendDelivery(office, { deliveryId }), sendDelivery(office, { deliveryId })])
    await Promise.all([deliver({ deliveryId }, today), deliver({ deliveryId }, today)])
    await sendDelivery(office, { deliveryId })
    await deliver({ deliveryId }, today)
    const after = await counts()
    expect(after.files - before.files).toBe(28)
    expect(after.grants - before.grants).toBe(24 * 3 + 4 * 2 + 1)
    expect(await mailsByKind()).toEqual({ "welcome-employee": 24, "welcome-employer": 1 })
    await expect(removeItem(office, { itemId: (await viewDelivery(office, { deliveryId })).items[0]?.id ?? "" })).rejects.toThrow(Conflict)
  })

  test("an employee finds the payslip unread, byte for byte as it was staged, and nothing of a colleague", async () => {
    const employee = await viewerFor("employee", employees.get("4") ?? "")
    const { files: dossier } = await viewDossier(employee, { year: null }, today)
    expect(dossier).toMatchObject({ year: 2026, years: [2026], own: [] })
    expect(dossier.payroll).toMatchObject([{ kind: "payslip", year: 2026, period: 3, read: false, senderName: expect.stringMatching(/^Kantoor/) }])
    const fileId = dossier.payroll[0]?.id ?? ""
    expect((await listUnread(employee)).files).toHaveLength(1)

    const item = (await viewDelivery(office, { deliveryId })).items.find((one) => one.employee?.number === "4")
    const staged = await bytesOf((await readItem(office, { itemId: item?.id ?? "" })).stream)
    const details = await viewFile(employee, { fileId })
    expect(details.read).toBe(false)
    const opened = await openFile(employee, { fileId, how: "download" })
    const bytes = await bytesOf(opened.stream)
    expect(bytes.equals(staged)).toBe(true)
    expect(bytes.length).toBe(opened.size)
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(details.sha256)
    expect((await viewFile(employee, { fileId })).read).toBe(true)
    expect((await listUnread(employee)).files).toEqual([])
    expect(details.whoSees.map((one) => [one.kind, one.reason])).toEqual([["employer", "delivered"], ["employee", "placed"], ["engagement", "delivered"]])

    const colleague = await viewerFor("employee", employees.get("5") ?? "")
    await expect(openFile(colleague, { fileId, how: "view" })).rejects.toThrow(NotFound)
    await expect(viewFile(colleague, { fileId })).rejects.toThrow(NotFound)
    await expect(openFile(stranger, { fileId, how: "view" })).rejects.toThrow(NotFound)
    await expect(viewEmployeeCabinet(colleague, { employeeId: employees.get("4") ?? "", year: null }, today)).rejects.toThrow(NotFound)
  })

  test("the employer finds its documents and every employee's payslip; so does the office, through its engagement", async () => {
    const employer = await viewerFor("employer", employerId)
    const { files: own } = await viewDossier(employer, { year: 2026 }, today)
    expect(own.payroll.map((file) => file.kind).sort()).toEqual(["journal-entry", "payment-list", "sepa-file", "series-overview"])
    for (const viewer of [employer, office]) {
      const cabinet = await viewEmployeeCabinet(viewer, { employeeId: employees.get("11") ?? "", year: 2026 }, today)
      expect(cabinet.payroll).toHaveLength(1)
    }
    expect((await viewEmployerCabinet(office, { employerId, year: 2026 }, today)).payroll).toHaveLength(4)
    await expect(viewEmployerCabinet(stranger, { employerId, year: 2026 }, today)).rejects.toThrow(NotFound)
    expect((await listUnread(employer)).files).toHaveLength(4)
  })

  test("the month before, sent after it, welcomes nobody a second time", async () => {
    const second = await startWith(office, employerId, "februari", ["loonstroken-februari-2026.pdf", "serie-overzichten-februari-2026.pdf"])
    await sendOff(office, second)
    expect(await mailsByKind()).toMatchObject({ "welcome-employee": 24, "welcome-employer": 1, "new-files": expect.any(Number) })
  })

  test("a payslip that was sent before is amber in the check, a second one in the same delivery is red and stops the sending", async () => {
    const again = await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"])
    expect((await viewDelivery(office, { deliveryId: again })).items.map((item) => item.check.code)).toEqual(Array(24).fill("replaces"))
    const [one, two] = (await viewDelivery(office, { deliveryId: again })).items
    const what = { kind: "payslip" as const, year: 2026, period: 3, periodKind: "month" as const, employeeId: one?.employeeId ?? "" }
    await assignItem(office, { ...what, itemId: two?.id ?? "" })
    await stageDelivery(office, { deliveryId: again }, today)
    await expect(sendDelivery(office, { deliveryId: again })).rejects.toThrow(new Invalid("delivery-has-red", { count: 2 }))
  })
})
