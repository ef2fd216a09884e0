import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { mailsIn, signIn, signOut } from "./steps.ts"

let portal: TestPortal
let browser: Browser
let page: Page
let office: Viewer
let employer: Viewer
let employee: Viewer
const troubles: string[] = []
const password = "zeven groene fietsen"
const address = "noor@thuis.test"

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const { bringInBakers, makeClient, makeOffice, viewerFor } = await import("../support/house.ts")
  const { asSystem } = await import("#platform/database.ts")
  office = await makeOffice()
  const employerId = await makeClient(office)
  const [first = ""] = (await bringInBakers(office, employerId)).values()
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: first }, data: { contactEmail: address } }))
  employee = await viewerFor("employee", first)
  employer = await viewerFor("employer", employerId)
  browser = await openBrowser()
  page = await watchedPage(browser, troubles)
}, 400_000)

afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await browser?.close()
  await portal?.stop()
})

const section = () => page.locator("#loonpost")
const press = (name: string) => section().getByRole("button", { name, exact: true }).click()
const cabinet = () => `${portal.url}/kantoor/werkgevers/${employer.partyId}/werknemers/${employee.partyId}`

test("an office reads the advice, allows it for a client, and switches it on for a person; the password is shown once", async () => {
  await signIn(page, portal, office.username, password)
  await page.goto(`${portal.url}/kantoor/werkgevers/${employer.partyId}`)
  await section().getByText("Wij raden dit af.").waitFor()
  await shoot(page, "loonpost-werkgever")
  expect(await axeFindings(page, "payslips by mail of a client")).toEqual([])
  await press("Sta toe")
  await section().getByText("Bevestig eerst dat u het advies hebt gelezen.").first().waitFor()
  await section().getByLabel("Ik heb het advies gelezen en wil dit toch").check()
  await press("Sta toe")
  await section().getByText("Loonstroken per mail zijn toegestaan").waitFor()
  await page.goto(cabinet())
  await press("Zet aan")
  const made = await page.getByRole("list", { name: "Wachtwoord" }).innerText()
  expect(made).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/)
  await shoot(page, "loonpost-wachtwoord")
  expect(await axeFindings(page, "the password of mailed payslips")).toEqual([])
  await page.getByRole("link", { name: "Ik heb het doorgegeven" }).click()
  await section().getByText("gaan ook per mail").waitFor()
  expect(await page.content()).not.toContain(made)
  await shoot(page, "loonpost-werknemer")
  await signOut(page)
})

test("the employee chooses a password; the next payslip arrives locked, and its page tells the office that it went by mail", async () => {
  await signIn(page, portal, employee.username, password)
  await page.goto(`${portal.url}/werknemer/profiel`)
  await section().getByText("Uw loonstroken gaan ook per mail").waitFor()
  await section().getByLabel("Wachtwoord voor de bijlagen").fill("te kort")
  await press("Bewaar wachtwoord")
  await section().getByText("Neem minstens 12").first().waitFor()
  await shoot(page, "loonpost-profiel")
  expect(await axeFindings(page, "payslips by mail in the profile")).toEqual([])
  await section().getByLabel("Wachtwoord voor de bijlagen").fill("vier rode appels!")
  await press("Bewaar wachtwoord")
  await section().getByText("Het wachtwoord is bewaard").waitFor()
  const { payslipsOf, sendPayslips } = await import("../domain/recall/people.ts")
  await sendPayslips({ office, employer, employee, colleague: employee, engagementId: "" }, new Date())
  await expect.poll(async () => (await mailsIn(portal, address)).filter(({ text }) => text.includes("De bijlage is versleuteld.")).length, { timeout: 60_000 }).toBe(1)
  await signOut(page)
  const [payslip] = await payslipsOf(employee)
  await signIn(page, portal, office.username, password)
  await expect.poll(async () => {
    await page.goto(`${portal.url}/kantoor/bestanden/${payslip?.id}`)
    return page.locator("#details").innerText()
  }).toContain("Per mail verstuurd")
  await page.getByRole("button", { name: "Trek in" }).click()
  await page.getByRole("dialog").getByText("Die kopie kunnen u en wij niet terughalen.").waitFor()
  await shoot(page, "loonpost-intrekken")
  expect(await axeFindings(page, "withdrawing what was mailed")).toEqual([])
  expect(troubles.filter((trouble) => !/404/.test(trouble))).toEqual([])
})
