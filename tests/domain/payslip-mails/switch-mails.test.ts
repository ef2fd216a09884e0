import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { choosePayslipPassword, refusePayslipMails, viewOwnMails } from "#domain/payslip-mails/own-mails.ts"
import { allowPayslipMails, renewPayslipPassword, switchPayslipMailsOff, switchPayslipMailsOn, viewClientMails, viewPersonMails } from "#domain/payslip-mails/switch-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeOffice, makeSelfRunning, today } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"

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
beforeEach(() => asSystem("operate", async (tx) => {
  await tx.payslipMailClient.deleteMany()
  await tx.payslipMailPerson.deleteMany()
  await tx.payslipMailRefusal.deleteMany()
  await tx.payslipMailPassword.deleteMany()
}))

const person = () => ({ employeeId: house.employee.partyId })
const allow = (viewer = house.office, given: { allow?: boolean; isSure?: boolean } = {}) => allowPayslipMails(viewer, { employerId: house.employer.partyId, allow: true, isSure: true, ...given }, today)
const eventsOf = async (kind: string) => asSystem("operate", (tx) => tx.auditEvent.count({ where: { kind, chainId: { in: [house.employee.partyId, house.employer.partyId] } } }))

test("an office allows it for a client, after it was told that we advise against it, and then switches it on for a person", async () => {
  await expect(switchPayslipMailsOn(house.office, person(), today)).rejects.toMatchObject({ code: "payslip-mail-not-allowed" })
  await expect(allow(house.office, { isSure: false })).rejects.toMatchObject({ code: "payslip-mail-unsure" })
  const before = [await eventsOf("payslip-mail.allowed"), await eventsOf("payslip-mail.switched-on")]
  await Promise.all([allow(), allow()])
  expect(await viewClientMails(house.office, { employerId: house.employer.partyId })).toEqual({ isAllowed: true })
  const password = await switchPayslipMailsOn(house.office, person(), today)
  expect(password).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(await switchPayslipMailsOn(house.office, person(), today)).toBeNull()
  expect(await viewPersonMails(house.office, person())).toEqual({ isAllowed: true, isOn: true, isRefused: false, passwordBy: "sender" })
  expect([await eventsOf("payslip-mail.allowed"), await eventsOf("payslip-mail.switched-on")]).toEqual(before.map((count) => count + 1))
  expect((await viewPersonMails(house.office, { employeeId: house.colleague.partyId }))?.isOn).toBe(false)
  await switchPayslipMailsOff(house.office, person())
  await switchPayslipMailsOff(house.office, person())
  expect((await viewPersonMails(house.office, person()))?.isOn).toBe(false)
})

test("an employee says no, and nobody can switch it on; takes it back; and chooses a password that nobody replaces", async () => {
  await allow()
  await refusePayslipMails(house.employee, { refuse: true }, today)
  await refusePayslipMails(house.employee, { refuse: true }, today)
  await expect(switchPayslipMailsOn(house.office, person(), today)).rejects.toMatchObject({ code: "payslip-mail-refused" })
  await refusePayslipMails(house.employee, { refuse: false }, today)
  await switchPayslipMailsOn(house.office, person(), today)
  const renewed = await renewPayslipPassword(house.office, person(), today)
  expect(renewed).toMatch(/^[0-9A-Z-]{24}$/)
  await choosePayslipPassword(house.employee, { password: "vier rode appels" }, today)
  await choosePayslipPassword(house.employee, { password: "vier rode peren!" }, today)
  expect(await viewOwnMails(house.employee)).toEqual({ isOn: true, isRefused: false, passwordBy: "employee" })
  await expect(renewPayslipPassword(house.office, person(), today)).rejects.toMatchObject({ code: "payslip-password-own" })
  const kept = await asSystem("operate", (tx) => tx.payslipMailPassword.findMany())
  expect(kept.map(({ employeeId }) => employeeId)).toEqual([house.employee.partyId])
  expect(Buffer.from(kept[0]?.sealed ?? []).includes("peren")).toBe(false)
})

test("of two at once that switch it on one is given the password, which stays good; an employee who chooses at the same time keeps the own one", async () => {
  await allow()
  const made = await Promise.all([switchPayslipMailsOn(house.office, person(), today), switchPayslipMailsOn(house.office, person(), today)])
  expect(made.filter((one) => one !== null)).toHaveLength(1)
  await Promise.allSettled([renewPayslipPassword(house.office, person(), today), choosePayslipPassword(house.employee, { password: "vier rode appels" }, today), renewPayslipPassword(house.office, person(), today)])
  expect(await viewPersonMails(house.office, person())).toMatchObject({ isOn: true, passwordBy: "employee" })
})

test.each(["te kort", "wachtwoordé12", " vier rode appels", "aaaaaaaaaaaaaaa", "a".repeat(101), "vier\nrode appels"])("%j is no password for a file", async (password) => {
  await expect(choosePayslipPassword(house.employee, { password }, today)).rejects.toMatchObject({ details: { field: "password" } })
})

test("a stranger finds nobody; an employer with an office leaves it to the office; readers and employees are refused", async () => {
  await allow()
  const acts = [(one: Viewer) => switchPayslipMailsOn(one, person(), today), (one: Viewer) => switchPayslipMailsOff(one, person()), (one: Viewer) => renewPayslipPassword(one, person(), today), (one: Viewer) => allow(one)]
  const alone = await makeSelfRunning("999990044L01")
  for (const act of acts) {
    await expect(act(stranger)).rejects.toMatchObject({ code: "not-found" })
    await expect(act(alone)).rejects.toMatchObject({ code: "not-found" })
    await expect(act(house.employer)).rejects.toMatchObject({ code: "payslip-mail-by-office" })
    await expect(act({ ...house.office, rank: "reader" })).rejects.toMatchObject({ code: "reader" })
    await expect(act(house.employee)).rejects.toMatchObject({ status: 403 })
  }
  await expect(viewPersonMails(stranger, person())).rejects.toMatchObject({ code: "not-found" })
  expect(await viewPersonMails(house.employer, person())).toBeNull()
  for (const act of [viewOwnMails, (one: Viewer) => refusePayslipMails(one, { refuse: true }, today), (one: Viewer) => choosePayslipPassword(one, { password: "vier rode appels" }, today)]) await expect(act(house.office)).rejects.toMatchObject({ status: 403 })
  expect((await viewOwnMails(house.employee)).isOn).toBe(false)
})
