import { afterAll, beforeAll, expect, test } from "vitest"
import { viewRecall, viewWithdrawal } from "#domain/files/view-recall.ts"
import { viewWithdrawn } from "#domain/files/view-withdrawn.ts"
import { replaceFile } from "#domain/files/replace-file.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeOffice } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { payslipsOf, pdf, sendPayslips } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let house: House
let stranger: Viewer
beforeAll(async () => {
  house = await makeHouse()
  stranger = await makeOffice()
}, 60_000)

async function sentPayslip(): Promise<string> {
  await sendPayslips(house, new Date())
  return (await payslipsOf(house.employee)).find((one) => one.replacedAt === null)?.id ?? ""
}

const note = "De toeslag van 25-03-2026 stond er niet op."

test("what the sender says of a withdrawn payslip is read by who had it, with where the new one is; and by nobody else", async () => {
  const { office, employer, employee, colleague } = house
  const fileId = await sentPayslip()
  await withdrawFile(office, { fileId, reason: "wrong-amount", note }, new Date())
  for (const viewer of [employee, employer]) {
    expect(await viewWithdrawn(viewer, { fileId })).toMatchObject({ fileId, kind: "payslip", period: 3, reason: "wrong-amount", note, senderName: expect.stringContaining("Kantoor"), ownerId: employee.partyId, newer: null })
  }
  expect(await viewWithdrawal(office, { fileId })).toMatchObject({ note })
  for (const viewer of [colleague, stranger, office]) await expect(viewWithdrawn(viewer, { fileId })).rejects.toThrow(NotFound)
  const next = await sentPayslip()
  expect((await viewWithdrawn(employee, { fileId })).newer?.id).toBe(next)
  await expect(viewWithdrawn(employee, { fileId: next })).rejects.toThrow(NotFound)
}, 60_000)

test("what the sender says of a replaced payslip stands with the old version and with the new one", async () => {
  const fileId = await sentPayslip()
  const next = await replaceFile(house.office, { fileId, stream: pdf(), note }, new Date())
  expect((await viewRecall(house.employee, { fileId })).newer).toMatchObject({ id: next.fileId, note })
  expect((await viewRecall(house.employer, next)).earlier).toMatchObject([{ id: fileId, note }, {}])
}, 60_000)

test("a BSN in what is said is refused, and nothing is done", async () => {
  const fileId = await sentPayslip()
  const wrong = "Was voor 9999.90.019"
  await expect(withdrawFile(house.office, { fileId, reason: "wrong-person", note: wrong }, new Date())).rejects.toThrow("note-bsn")
  await expect(replaceFile(house.office, { fileId, stream: pdf(), note: wrong }, new Date())).rejects.toThrow("note-bsn")
  expect(await viewRecall(house.office, { fileId })).toMatchObject({ mayWithdraw: true, mayReplace: true, withdrawal: null, newer: null })
}, 60_000)

test("the office of before finds nothing at an old address", async () => {
  const fileId = await sentPayslip()
  await withdrawFile(house.office, { fileId, reason: "other" }, new Date())
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { id: house.engagementId }, data: { endedAt: new Date() } }))
  await expect(viewWithdrawn(house.office, { fileId })).rejects.toThrow(NotFound)
  expect(await viewWithdrawn(house.employee, { fileId })).toMatchObject({ note: null })
}, 60_000)
