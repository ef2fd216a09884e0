import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { focused, pressOn, tabTo } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { goTo, mailsIn, signIn, signOut } from "./steps.ts"

const password = "zeven groene fietsen"

let portal: TestPortal
let browser: Browser
let context: BrowserContext
let page: Page
let username: string
let officeNumber: string
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const { addRole } = await import("#domain/accounts/add-role.ts")
  const { asSystem } = await import("#platform/database.ts")
  const office = await house.makeOffice()
  officeNumber = office.username
  const employerId = await house.makeClient(office)
  const [first = ""] = (await house.bringInBakers(office, employerId)).values()
  const director = await house.viewerFor("employer", employerId)
  username = director.username
  await asSystem("operate", (tx) => addRole(tx, { accountId: director.accountId, partyId: first }, new Date()))
  await house.sendOff(office, await house.startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]), new Date())
  await closeDatabase()
  browser = await openBrowser()
  context = await newVisitor(browser)
  page = await context.newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 })
const sessionCookie = async () => (await context.cookies()).find(({ name }) => name === "sessie")?.value

describe("a director who is on the payroll too", () => {
  test("signs in by keyboard alone, and finds both roles' unread files in one list, each with whom it is for", async () => {
    await page.goto(`${portal.url}/aanmelden`)
    await tabTo(page, /^Gebruikersnaam/)
    await page.keyboard.type(username)
    await tabTo(page, /^Wachtwoord$/)
    await page.keyboard.type(password)
    await page.keyboard.press("Enter")
    await heading("Mijn gegevens").waitFor()
    await shoot(page, "rollen-werkgever-home")
    await pressOn(page, /^Ongelezen/)
    await heading("Ongelezen").waitFor()
    const table = page.getByRole("table", { name: "Ongelezen" })
    await table.getByRole("row").filter({ hasText: "werkgever Bakkerij" }).waitFor()
    expect(await table.getByRole("row").count()).toBe(3)
    await shoot(page, "rollen-ongelezen")
    expect(await axeFindings(page, "ongelezen of two roles")).toEqual([])
  })

  test("opens the payslip of the other role from there: the session changes with it, and the file is on screen", async () => {
    const before = await sessionCookie()
    await page.getByRole("button", { name: /^Loonstrook - maart 2026/ }).press("Enter")
    await heading("Loonstrook - maart 2026").waitFor()
    expect(page.url()).toContain("/werknemer/bestanden/")
    expect(await sessionCookie()).not.toBe(before)
    await page.locator("canvas").first().waitFor()
    await shoot(page, "rollen-bestand-andere-rol")
    await goTo(page, "Ongelezen")
    await heading("Ongelezen").waitFor()
    await expect.poll(() => page.getByRole("table", { name: "Ongelezen" }).getByRole("row").count()).toBe(2)
  })

  test("downloads a payslip by keyboard", async () => {
    await pressOn(page, /^Dossier/)
    await heading(/^Mijn dossier/).waitFor()
    await tabTo(page, /^Download Loonstrook/)
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")])
    expect(download.suggestedFilename()).toBe("Loonstrook - maart 2026.pdf")
  })

  test("changes role in the bar by keyboard: Enter opens the menu, Escape closes it and gives the focus back, and a role is chosen with Space", async () => {
    await page.goto(`${portal.url}/werknemer`)
    await tabTo(page, /Wissel van rol/)
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: /Bakkerij De Korenmaat B\.V\..*werkgever$/ }).waitFor()
    await shoot(page, "rollen-menu-open")
    expect(await axeFindings(page, "menu of roles open")).toEqual([])
    await page.keyboard.press("Escape")
    expect((await focused(page)).text).toMatch(/Wissel van rol/)
    await page.keyboard.press("Enter")
    await pressOn(page, /werkgever$/, "Space")
    await page.waitForURL(`${portal.url}/werkgever`)
    await heading("Mijn gegevens").waitFor()
  })

  test("changes role on a phone, and without JavaScript", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: "nl-NL", storageState: await context.storageState() })
    const phone = await plain.newPage()
    await phone.goto(`${portal.url}/werkgever`)
    await phone.locator("summary").filter({ hasText: "Wissel van rol" }).click()
    await phone.getByRole("button", { name: /werknemer bij/ }).click()
    await phone.waitForURL(`${portal.url}/werknemer`)
    await phone.goto(`${portal.url}/werknemer/ongelezen`)
    await phone.getByRole("button", { name: /^Serie-overzichten/ }).click()
    await phone.waitForURL(/\/werkgever\/bestanden\//)
    await plain.close()
    await page.goto(`${portal.url}/werkgever`)
    await heading("Aanmelden").waitFor()
  })
})

describe("the profile", () => {
  test("keeps language, colours and mail for the account: on another device they are there after signing in", async () => {
    await context.clearCookies()
    await signIn(page, portal, username, password)
    await goTo(page, "Profiel")
    await heading("Profiel").waitFor()
    await shoot(page, "profiel-werkgever")
    await page.getByLabel("Taal", { exact: true }).selectOption("en")
    await page.getByLabel("Kleuren", { exact: true }).selectOption("dark")
    await page.getByLabel(/^Mail mij/).uncheck()
    await page.getByRole("button", { name: "Opslaan", exact: true }).click()
    await heading("Profile").waitFor()
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark")
    const other = await newVisitor(browser)
    const device = await other.newPage()
    await device.goto(`${portal.url}/aanmelden`)
    await device.getByLabel("Gebruikersnaam of klantnummer").fill(username)
    await device.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await device.getByRole("button", { name: "Aanmelden", exact: true }).click()
    await device.getByRole("button", { name: "Sign out" }).waitFor()
    expect([await device.locator("html").getAttribute("lang"), await device.locator("html").getAttribute("data-theme")]).toEqual(["en", "dark"])
    await device.goto(`${portal.url}/werkgever/profiel`)
    await device.getByLabel("Language", { exact: true }).selectOption("nl")
    await device.getByLabel("Colours", { exact: true }).selectOption("system")
    await device.getByRole("button", { name: "Save", exact: true }).click()
    await device.getByRole("heading", { name: "Profiel", level: 1 }).waitFor()
    expect(await device.getByLabel(/^Mail mij/).isChecked()).toBe(false)
    await other.close()
  })

  test("takes a private address of an employee, which counts after the link in the mail is used by who asked it", async () => {
    await context.clearCookies()
    await signIn(page, portal, username, password)
    await page.locator("summary").filter({ hasText: "Wissel van rol" }).click()
    await page.getByRole("button", { name: /werknemer bij/ }).click()
    await page.waitForURL(`${portal.url}/werknemer`)
    await goTo(page, "Profiel")
    await page.getByRole("textbox", { name: "E-mail privé" }).fill("directeur@prive.test")
    await page.getByRole("button", { name: "Adres opslaan" }).click()
    await page.getByText("Kijk in uw e-mail").waitFor()
    let link = ""
    await expect.poll(async () => (link = (await mailsIn(portal, "directeur@prive.test")).flatMap((mail) => mail.links).find((one) => one.includes("#")) ?? "")).toContain("#")
    await page.reload()
    await page.getByText("Bevestig uw nieuwe adres").waitFor()
    await shoot(page, "profiel-werknemer")
    const stranger = await newVisitor(browser)
    const out = await stranger.newPage()
    await out.goto(link)
    await out.getByText("Meld u eerst aan").waitFor()
    await shoot(out, "adres-eerst-aanmelden")
    await stranger.close()
    await page.goto(link)
    await page.getByRole("button", { name: "Bevestig dit adres" }).waitFor()
    expect(page.url()).not.toContain("#")
    await shoot(page, "adres-bevestigen")
    await page.getByRole("button", { name: "Bevestig dit adres" }).click()
    await page.getByText("Uw adres is bevestigd").waitFor()
    await page.goto(`${portal.url}/werknemer`)
    await page.getByRole("link", { name: "directeur@prive.test" }).waitFor()
    await shoot(page, "rollen-werknemer-home")
  })

  test("signs out by keyboard; an office has its own profile, without a private address", async () => {
    await pressOn(page, /^Afmelden$/)
    await heading("Aanmelden").waitFor()
    await signIn(page, portal, officeNumber, password)
    await goTo(page, "Profiel")
    await heading("Profiel").waitFor()
    expect(await page.getByRole("textbox", { name: "E-mail privé" }).count()).toBe(0)
    await shoot(page, "profiel-kantoor")
    await signOut(page)
  })

  test("nothing went wrong in the browser meanwhile", () => {
    expect(troubles.filter((text) => !/404/.test(text))).toEqual([])
  })
})
