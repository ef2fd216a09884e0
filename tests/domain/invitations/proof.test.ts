import { PDFDocument } from "pdf-lib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { invite } from "#domain/invitations/change-access.ts"
import { inviteAllPeople } from "#domain/invitations/invite-all.ts"
import { askLinkByInvitation } from "#domain/invitations/use-invitation.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { viewInvitation } from "#domain/invitations/view-invitation.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, drop, goodPassword, makeClient, makeOffice, sendOff, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const header = "nummer;achternaam;geboortedatum;email;uit dienst"
const birthDate = "01-02-1980"
let office: Viewer
let employerId: string

const bring = (...rows: string[]) => bringIn(office, employerId, "csv", Buffer.from([header, ...rows].join("\n")))
const addressOf = (number: string) => `nr${number}@test.test`

async function partyOf(number: string): Promise<string> {
  const found = await asSystem("operate", (tx) => tx.employee.findFirst({ where: { employerId, number }, select: { id: true } }))
  return found?.id ?? ""
}

async function mailsTo(number: string, kind: string): Promise<string[]> {
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind, toAddress: addressOf(number) }, orderBy: { id: "desc" }, select: { id: true } }))
  return mails.map((mail) => mail.id)
}

/** A payslip of a month for each of these. */
async function payslips(period: number, numbers: readonly string[]): Promise<string[]> {
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  for (const number of numbers) {
    const pdf = await PDFDocument.create()
    pdf.addPage()
    pdf.setTitle(`${number} ${period}`)
    const uploadId = await drop(office, deliveryId, `${number}.pdf`, await pdf.save())
    const item = (await viewDelivery(office, { deliveryId })).items.find((one) => one.uploadId === uploadId)
    await assignItem(office, { itemId: item?.id ?? "", kind: "payslip", year: 2026, period, periodKind: "month", employeeId: await partyOf(number) })
  }
  const checks = (await viewDelivery(office, { deliveryId })).items.map((one) => one.check.code)
  await sendOff(office, deliveryId)
  return checks.toSorted()
}

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
})

describe("an employee whose date of birth payroll does not know", () => {
  test("is not welcomed by a payslip, nor invited by hand or with all others, and the state says why", async () => {
    await bring(`1;Met;${birthDate};${addressOf("1")};`, `2;Zonder;;${addressOf("2")};`, `3;Zonder;;${addressOf("3")};`, "4;Niets;;;", `5;Weg;;${addressOf("5")};24-03-2026`)
    expect(await payslips(1, ["1", "2", "4", "5"])).toEqual(["gets-welcome", "no-email", "no-proof", "no-proof"])
    expect(await mailsTo("1", "welcome-employee")).toHaveLength(1)
    expect((await viewAccess(office, { partyId: await partyOf("2") }, today))).toMatchObject({ state: "no-proof", kind: "employee", may: { invite: false, withdraw: false, block: false } })
    await expect(invite(office, { partyId: await partyOf("2") }, today)).rejects.toMatchObject({ code: "invite-no-proof" })
    expect(await inviteAllPeople(office, { employerId }, today)).toBe(0)
    for (const number of ["2", "3", "5"]) expect(await mailsTo(number, "welcome-employee")).toEqual([])
    expect(await asSystem("operate", (tx) => tx.account.count({ where: { roles: { some: { party: { employee: { employerId } } } } } }))).toBe(1)
  })

  test("is welcomed when an import brings the date, if a payslip came before and the work goes on; twice is once", async () => {
    const rows = [`2;Zonder;${birthDate};${addressOf("2")};`, `3;Zonder;${birthDate};${addressOf("3")};`, `5;Weg;${birthDate};${addressOf("5")};24-03-2026`]
    await bring(...rows)
    expect(await mailsTo("2", "welcome-employee")).toHaveLength(1)
    expect(await mailsTo("3", "welcome-employee")).toEqual([])
    expect(await mailsTo("5", "welcome-employee")).toEqual([])
    expect((await viewAccess(office, { partyId: await partyOf("2") }, today)).state).toBe("invited")
    await bring(...rows)
    await bring(`2;Anders;${birthDate};${addressOf("2")};`)
    expect(await mailsTo("2", "welcome-employee")).toHaveLength(1)
  })

  test("is welcomed by the next payslip, when the date came without anything to wait for", async () => {
    await payslips(2, ["2", "3"])
    expect(await mailsTo("2", "welcome-employee")).toHaveLength(1)
    expect(await mailsTo("3", "welcome-employee")).toHaveLength(1)
  })

  test("and was invited before this was asked, gets no link and uses none, until the date is known", async () => {
    await bring(`6;Eerder;${birthDate};${addressOf("6")};`)
    const partyId = await partyOf("6")
    await invite(office, { partyId }, today)
    const [mail = ""] = await mailsTo("6", "welcome-employee")
    const welcome = (await openMail(mail))?.token ?? ""
    await askPasswordLink({ username: addressOf("6") }, today)
    const [linked = ""] = await mailsTo("6", "password-link")
    const token = (await openMail(linked))?.token ?? ""
    const choose = { token, proof: null, username: addressOf("6"), password: goodPassword, device: null }
    await asSystem("operate", (tx) => tx.employee.update({ where: { id: partyId }, data: { birthDate: null } }))
    await expect(choosePassword(choose, today)).rejects.toMatchObject({ code: "proof-missing" })
    expect(await viewPasswordLink(token, today)).toEqual({ state: "no-proof" })
    expect(await viewInvitation(welcome, today)).toEqual({ state: "no-proof" })
    expect(await askLinkByInvitation(welcome, today)).toEqual({ state: "no-proof" })
    await askPasswordLink({ username: addressOf("6") }, today)
    expect(await mailsTo("6", "password-link")).toHaveLength(1)
    expect(await viewAccess(office, { partyId }, today)).toMatchObject({ state: "no-proof", may: { invite: false, withdraw: true } })
    await asSystem("operate", (tx) => tx.employee.update({ where: { id: partyId }, data: { birthDate: new Date("1980-02-01") } }))
    expect(await choosePassword({ ...choose, proof: "1980-02-01" }, today)).toBeTruthy()
    await asSystem("operate", (tx) => tx.employee.update({ where: { id: partyId }, data: { birthDate: null } }))
    await askPasswordLink({ username: addressOf("6") }, today)
    expect(await mailsTo("6", "password-link")).toHaveLength(2)
    expect((await viewAccess(office, { partyId }, today)).state).toBe("active")
  })
})

test("an employer without a wage tax number is not invited, and the state says so", async () => {
  const clientId = await makeClient(office, "999990032L01")
  await asSystem("operate", (tx) => tx.employer.update({ where: { id: clientId }, data: { wageTaxNumber: "" } }))
  expect(await viewAccess(office, { partyId: clientId }, today)).toMatchObject({ state: "no-proof", kind: "employer", may: { invite: false } })
  await expect(invite(office, { partyId: clientId }, today)).rejects.toMatchObject({ code: "invite-no-proof" })
})
