import { afterAll, beforeAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { viewBoard, type BoardInput } from "#domain/deliveries/view-board.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { markFiles } from "#domain/files/mark-files.ts"
import { replaceFile } from "#domain/files/replace-file.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { addEmployer } from "#domain/parties/add-employer.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { drop, employerInput, makeOffice, sample, sendOff, viewerFor } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { payslipsOf, pdf, read, sendPayslips } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const now = new Date("2026-04-10T10:00:00Z")
const asked: BoardInput = { year: 2026, order: "naam", isFalling: false, onlyToDo: false }
let house: House
let deliveryId = ""
let otherId = ""
beforeAll(async () => {
  house = await makeHouse()
  const other = { ...employerInput("999990032L01"), name: "Aannemer Vier Weken", periodKind: "four-weeks" as const }
  otherId = (await addEmployer(house.office, other, now)).employerId
  deliveryId = await sendPayslips(house, new Date())
}, 60_000)

const board = (change: Partial<BoardInput> = {}, viewer: Viewer = house.office) => viewBoard(viewer, { ...asked, ...change }, now)
const rowOf = async (id: string) => (await board()).rows.find((row) => row.id === id)
const march = async () => (await rowOf(house.employer.partyId))?.cells[2]

test("months and four weeks stand side by side; what is over and was not begun is to be done", async () => {
  const { rows, total, toDo, years } = await board()
  expect(rows.map((row) => [row.name, row.periodKind, row.cells.length, row.missing, row.needsWork])).toEqual([
    ["Aannemer Vier Weken", "four-weeks", 13, 3, true],
    ["Bakkerij De Korenmaat B.V.", "month", 12, null, false],
  ])
  expect([total, toDo, years]).toEqual([2, 1, [2026]])
  expect((await board({ onlyToDo: true })).rows.map((row) => row.id)).toEqual([otherId])
  expect((await board({ order: "werk", isFalling: true })).rows.map((row) => row.id)).toEqual([house.employer.partyId, otherId])
  expect((await board({ year: 2025 })).rows.every((row) => row.cells.every((cell) => cell === null))).toBe(true)
})

test("a file counts as opened once, when somebody of whom it is for opens it: not by the employer, not twice, and not less when marked unread", async () => {
  const { employee, employer, colleague } = house
  expect(await march()).toEqual({ period: 3, state: "sent", deliveryId, documents: 24, opened: 0, failed: 0, others: 0 })
  const [file] = await payslipsOf(employee)
  const fileId = file?.id ?? ""
  await read(employer, fileId)
  expect(await march()).toMatchObject({ opened: 0 })
  await Promise.all([read(employee, fileId), read(employee, fileId), read(await viewerFor("employee", employee.partyId), fileId)])
  expect(await march()).toMatchObject({ opened: 1, documents: 24 })
  await markFiles(employee, { fileIds: [fileId], as: "unread" }, now)
  await markFiles(employee, { fileIds: [fileId], as: "read" }, now)
  await markFiles(colleague, { fileIds: (await payslipsOf(colleague)).map((one) => one.id), as: "read" }, now)
  expect(await march()).toMatchObject({ opened: 2, documents: 24 })
})

test("what was withdrawn counts no more, and what was replaced counts as its new version", async () => {
  const { office, employee, colleague } = house
  const [first] = await payslipsOf(employee)
  const [second] = await payslipsOf(colleague)
  await replaceFile(office, { fileId: first?.id ?? "", stream: pdf() }, new Date())
  expect(await march()).toMatchObject({ opened: 1, documents: 24 })
  await withdrawFile(office, { fileId: second?.id ?? "", reason: "other" }, new Date())
  expect(await march()).toMatchObject({ opened: 0, documents: 23 })
  await withdrawFile(office, { fileId: first?.id ?? "", reason: "other" }, new Date())
  expect(await march()).toMatchObject({ opened: 0, documents: 23 })
})

test("a draft and what stands ready lead before what was sent, and are to be done", async () => {
  const { office, employer } = house
  const next = await startDelivery(office, { employerId: employer.partyId }, now)
  await drop(office, next.deliveryId, "journaalpost.pdf", await sample("maart", "journaalpost-maart-2026.pdf"))
  expect(await march()).toMatchObject({ state: "draft", deliveryId: next.deliveryId, documents: 23, others: 1 })
  await stageDelivery(office, next, now)
  expect(await march()).toMatchObject({ state: "staged", deliveryId: next.deliveryId })
  expect((await board({ onlyToDo: true })).rows.map((row) => row.id)).toContain(employer.partyId)
})

test("a mail that could not be delivered is told, until one could", async () => {
  const mail = await asSystem("operate", (tx) => tx.mail.findFirstOrThrow({ where: { deliveryId }, select: { id: true, accountId: true } }))
  await asSystem("operate", (tx) => tx.mail.updateMany({ where: { id: mail.id }, data: { state: "failed", failure: "no-such-address" } }))
  expect(await march()).toMatchObject({ failed: 1 })
  await asSystem("operate", (tx) => tx.mail.createMany({ data: [{ id: "01990000-0000-7000-8000-000000000001", kind: "reminder", accountId: mail.accountId, toAddress: "beter@test.test", state: "sent", queuedAt: new Date(Date.now() + 1000) }] }))
  expect(await march()).toMatchObject({ failed: 0 })
})

test("annual statements stand in a cell of their own, beside the periods: staged, sent, opened and withdrawn", async () => {
  const { office, employer, employee } = house
  const annual = async () => (await rowOf(employer.partyId))?.annual
  expect(await annual()).toBeNull()
  const { deliveryId: id } = await startDelivery(office, { employerId: employer.partyId }, now)
  await drop(office, id, "jaaropgave.pdf", Buffer.concat([await sample("maart", "journaalpost-maart-2026.pdf"), Buffer.from("\n% jaaropgave\n")]))
  const [item] = (await viewDelivery(office, { deliveryId: id })).items
  await assignItem(office, { itemId: item?.id ?? "", employeeId: employee.partyId, kind: "annual-statement", year: 2026, period: null, periodKind: "month" })
  const periods = (await rowOf(employer.partyId))?.cells
  expect(await annual()).toMatchObject({ period: 0, state: "draft", deliveryId: id, documents: 1 })
  await sendOff(office, id, new Date())
  expect(await annual()).toEqual({ period: 0, state: "sent", deliveryId: id, documents: 1, opened: 0, failed: 0, others: 0 })
  const statement = await asSystem("operate", (tx) => tx.dossierFile.findFirstOrThrow({ where: { deliveryId: id }, select: { id: true } }))
  await read(employee, statement.id)
  expect(await annual()).toMatchObject({ documents: 1, opened: 1 })
  expect((await rowOf(employer.partyId))?.cells).toEqual(periods)
  await withdrawFile(office, { fileId: statement.id, reason: "other" }, new Date())
  expect(await annual()).toBeNull()
}, 60_000)

test("who is for some clients sees those, another office none of them, and nobody else has a board", async () => {
  const some = await viewerFor("office", house.office.partyId)
  await asSystem("operate", async (tx) => {
    const role = await tx.accountRole.findFirstOrThrow({ where: { accountId: some.accountId }, select: { id: true } })
    await tx.accountRole.updateMany({ where: { id: role.id }, data: { rank: "member", onlySomeClients: true } })
    await tx.roleClient.createMany({ data: [{ roleId: role.id, employerId: otherId }] })
  })
  expect((await board({}, { ...some, rank: "member" })).rows.map((row) => row.id)).toEqual([otherId])
  expect((await board({}, await makeOffice())).rows).toEqual([])
  for (const viewer of [house.employer, house.employee]) await expect(board({}, viewer)).rejects.toThrow(Forbidden)
})
