import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { tellOfRecall } from "#domain/accounts/tell-of-recall.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { openFile } from "#domain/files/open-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { viewRecall, viewWithdrawal } from "#domain/files/view-recall.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { planZip, zipFiles } from "#domain/files/zip-files.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, makeOffice } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { cabinetOf, eventsOf, mailsOf, payslipsOf, read, sendPayslips } from "./people.ts"

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

async function sentPayslip(): Promise<string> {
  await sendPayslips(house, new Date())
  const [file] = (await payslipsOf(house.employee)).filter((one) => one.replacedAt === null)
  return file?.id ?? ""
}
const withdraw = (viewer: Viewer, fileId: string) => withdrawFile(viewer, { fileId, reason: "wrong-person" }, now)
const gone = (asked: Promise<unknown>) => expect(asked).rejects.toThrow(NotFound)

describe("a withdrawn payslip", () => {
  let fileId = ""
  beforeAll(async () => {
    fileId = await sentPayslip()
    await read(house.employee, fileId)
    await withdraw(house.office, fileId)
  }, 60_000)

  test("is gone for the employee and the employer at once: page, bytes, ranges, zip and unread; while 'ingetrokken' stays, with when and by whom", async () => {
    for (const viewer of [house.employee, house.employer]) {
      await gone(viewFile(viewer, { fileId }))
      await gone(openFile(viewer, { fileId, how: "download" }))
      await gone(openFile(viewer, { fileId, how: "view", range: { first: 10, last: 20 } }))
      await gone(planZip(viewer, { fileIds: [fileId] }))
      expect((await listUnread(viewer)).files.map((file) => file.id)).not.toContain(fileId)
    }
    const { payroll, withdrawn } = await cabinetOf(house.employer, house.employee.partyId)
    expect(payroll.map((file) => file.id)).not.toContain(fileId)
    expect(withdrawn).toMatchObject([{ fileId, kind: "payslip", period: 3, withdrawnAt: now, isSent: false, senderName: expect.stringContaining("Kantoor") }])
    expect((await payslipsOf(house.employee)).map((file) => file.id)).not.toContain(fileId)
  })

  test("is kept by its sender, who reads it as it was sent, and knows who had opened it: also when it is opened afterwards", async () => {
    expect((await read(house.office, fileId)).subarray(0, 5).toString()).toBe("%PDF-")
    const { withdrawal, mayWithdraw, mayReplace } = await viewRecall(house.office, { fileId })
    expect([mayWithdraw, mayReplace]).toEqual([false, false])
    expect(withdrawal).toMatchObject({ reason: "wrong-person", withdrawnAt: now })
    expect(withdrawal?.receivers.map(({ party, openings, openedAt }) => [party, openings, openedAt !== null])).toEqual([["employer", 0, false], ["employee", 1, true]])
    expect(await eventsOf(fileId, "file.withdrawn")).toBe(1)
  })

  test("tells nobody else who had opened it", async () => {
    for (const viewer of [house.employee, house.employer, house.colleague, stranger]) await gone(viewWithdrawal(viewer, { fileId }))
  })

  test("is told to who had it by one mail each, also when the job runs twice", async () => {
    for (const _time of [1, 2]) await tellOfRecall({ fileId, what: "file-withdrawn" }, now)
    expect(await Promise.all([house.employee, house.employer, house.colleague, house.office].map((one) => mailsOf(one, "file-withdrawn")))).toEqual([1, 1, 0, 0])
  })

  test("is withdrawn once, however often it is asked", async () => {
    await Promise.all([withdraw(house.office, fileId), withdraw(house.office, fileId)])
    expect(await eventsOf(fileId, "file.withdrawn")).toBe(1)
  })
})

test("only who sent it withdraws it: a stranger and a colleague of the receiver find nothing, who received it is refused, who may only read too", async () => {
  const fileId = await sentPayslip()
  for (const viewer of [stranger, house.colleague]) await gone(withdraw(viewer, fileId))
  for (const viewer of [house.employee, house.employer, { ...house.office, rank: "reader" as const }]) await expect(withdraw(viewer, fileId)).rejects.toThrow(Forbidden)
  expect((await read(house.employee, fileId)).length).toBeGreaterThan(100)
}, 60_000)

test("two who withdraw at once withdraw it once", async () => {
  const fileId = await sentPayslip()
  await Promise.all(Array.from({ length: 5 }, () => withdraw(house.office, fileId)))
  expect(await eventsOf(fileId, "file.withdrawn")).toBe(1)
  expect((await viewWithdrawal(house.office, { fileId })).receivers).toHaveLength(2)
}, 60_000)

test("of who opens it while it is being withdrawn, everybody is told the same: opened is counted, and what is not counted was not given", async () => {
  for (let round = 0; round < 6; round++) {
    const fileId = await sentPayslip()
    const opened = Array.from({ length: 8 }, (_, index) => read(index % 2 ? house.employee : house.employer, fileId).then(() => 1, (error: unknown) => (error instanceof NotFound ? 0 : Promise.reject(error))))
    const [, ...given] = await Promise.all([withdraw(house.office, fileId), ...opened])
    const { receivers } = await viewWithdrawal(house.office, { fileId })
    expect(receivers.reduce((sum, one) => sum + one.openings, 0)).toBe(given.reduce((sum: number, one) => sum + one, 0))
  }
}, 120_000)

test("a zip that is under way when a file in it is withdrawn fails, and holds nothing of it", async () => {
  const fileId = await sentPayslip()
  const [file] = await planZip(house.employee, { fileIds: [fileId] })
  const { stream } = zipFiles(house.employee, file ? [file] : [], ["loonstrook.pdf"])
  await withdraw(house.office, fileId)
  await expect(bytesOf(stream)).rejects.toThrow()
}, 60_000)

test("the office of before withdraws nothing, and knows nothing of what it withdrew", async () => {
  const { office, employee, colleague, engagementId } = house
  const first = await sentPayslip()
  const second = (await payslipsOf(colleague)).find((one) => one.replacedAt === null)?.id ?? ""
  await withdraw(office, first)
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { id: engagementId }, data: { endedAt: now } }))
  await gone(withdraw(office, second))
  await gone(viewWithdrawal(office, { fileId: first }))
  expect((await read(colleague, second)).length).toBeGreaterThan(100)
  expect((await cabinetOf(house.employer, employee.partyId)).withdrawn.map((one) => one.fileId)).toContain(first)
}, 60_000)
