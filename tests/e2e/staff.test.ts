import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { pressOn, tabTo } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { codeFor } from "../support/totp.ts"
import { comeInByMail, giveCode, goTo, mailsIn, signIn, signInToSecondStep } from "./steps.ts"

const password = "zeven groene fietsen"

let portal: TestPortal
let browser: Browser
let page: Page
let officeNumber: string
let reader: string
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const { addStaff } = await import("#domain/staff/change-staff.ts")
  const office = await house.makeOffice()
  officeNumber = office.username
  const bakery = await house.makeClient(office)
  await house.makeClient(office, "999990044L01")
  await house.bringInBakers(office, bakery)
  await house.sendOff(office, await house.startWith(office, bakery, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]), new Date())
  await asSystem("operate", (tx) => tx.invitation.updateMany({ data: { expiresAt: new Date() } }))
  reader = "lezer@bakker.test"
  await addStaff(await house.viewerFor("employer", bakery, "directie@bakker.test"), { name: "Femke Smit", email: reader, rank: "reader", clients: null }, new Date())
  await closeDatabase()
  browser = await openBrowser()
  page = await newPage()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (on: Page, name: string | RegExp) => on.getByRole("heading", { name, level: 1 })

const comeIn = (on: Page, email: string) => comeInByMail(on, portal, email, password)

describe("the owner of an office", () => {
  test("lets a colleague in for one client, by keyboard alone", async () => {
    await signIn(page, portal, officeNumber, password)
    await goTo(page, "Profiel")
    await page.getByRole("link", { name: "Naar collega's" }).waitFor()
    await pressOn(page, /^Naar collega's$/)
    await heading(page, "Collega's").waitFor()
    await shoot(page, "collegas-alleen")
    await tabTo(page, /^Naam$/)
    await page.keyboard.type("Iris Vermeulen")
    await tabTo(page, /^E-mailadres$/)
    await page.keyboard.type("iris@kantoor.test")
    await tabTo(page, /^Medewerker/)
    await tabTo(page, /^Alle werkgevers/)
    await page.keyboard.press("ArrowDown")
    await tabTo(page, /^Bakkerij De Korenmaat/)
    await page.keyboard.press("Space")
    await pressOn(page, /^Voeg toe$/)
    await page.getByText("Uw collega is toegevoegd en krijgt een mail").waitFor()
    const row = page.getByRole("table", { name: "Collega's" }).getByRole("row").filter({ hasText: "Iris Vermeulen" })
    expect(await row.innerText()).toMatch(/Medewerker[\s\S]*1 werkgever[\s\S]*Nog geen wachtwoord/)
    await shoot(page, "collegas")
    expect(await axeFindings(page, "colleagues")).toEqual([])
  })

  test("is told beside the field what is wrong, and keeps what was typed", async () => {
    await page.getByLabel("Naam", { exact: true }).fill("Noor")
    await page.getByLabel("E-mailadres", { exact: true }).fill("iris@kantoor.test")
    await page.getByRole("button", { name: "Voeg toe" }).click()
    await page.getByText("Deze collega staat al in de lijst.").first().waitFor()
    expect(await page.getByLabel("Naam", { exact: true }).inputValue()).toBe("Noor")
    await page.getByLabel("E-mailadres", { exact: true }).fill("noor@kantoor.test")
    await page.getByLabel("Alleen deze werkgevers").check()
    await page.getByRole("button", { name: "Voeg toe" }).click()
    await page.getByText("Kies ten minste één werkgever.").first().waitFor()
    await shoot(page, "collegas-fout")
    expect(await axeFindings(page, "colleagues with a fault")).toEqual([])
  })
})

describe("the colleague", () => {
  let iris: Page
  let secret: string

  test("comes in by the mails with an own username, and finds that one client and no other", async () => {
    iris = await newPage()
    secret = await comeIn(iris, "iris@kantoor.test")
    await goTo(iris, "Werkgevers")
    await heading(iris, "Werkgevers").waitFor()
    const rows = iris.getByRole("table", { name: "Werkgevers" }).getByRole("row")
    expect(await rows.count()).toBe(2)
    await iris.goto(`${portal.url}/kantoor/collegas`)
    await heading(iris, "Niet gevonden").waitFor()
  })

  test("is made a reader, has to sign in anew, and finds nothing to change", async () => {
    await page.goto(`${portal.url}/kantoor/collegas`)
    await page.getByRole("link", { name: "Wijzig Iris Vermeulen" }).click()
    await heading(page, "Iris Vermeulen wijzigen").waitFor()
    await shoot(page, "collega-wijzigen")
    expect(await axeFindings(page, "changing a colleague")).toEqual([])
    await page.getByLabel("Alleen lezen").check()
    await page.getByRole("button", { name: "Opslaan" }).click()
    await page.getByText("De wijziging is opgeslagen").waitFor()
    await iris.goto(`${portal.url}/kantoor/werkgevers`)
    await heading(iris, "Aanmelden").waitFor()
    await signInToSecondStep(iris, portal, "iris@kantoor.test", password)
    await giveCode(iris, codeFor(secret, new Date(), { away: 1 }))
    await goTo(iris, "Werkgevers")
    await iris.getByRole("link", { name: /^Bakkerij De Korenmaat/ }).click()
    await heading(iris, /^Bakkerij De Korenmaat/).waitFor()
    expect(await iris.getByRole("button", { name: "Nieuwe zending" }).count()).toBe(0)
    expect(await iris.getByText("alleen lezen").first().isVisible()).toBe(true)
    await shoot(iris, "kantoor-alleen-lezen")
    expect(await axeFindings(iris, "a client as a reader sees it")).toEqual([])
  })

  test("whose access is taken away is outside at the next click", async () => {
    await page.goto(`${portal.url}/kantoor/collegas`)
    await page.getByRole("link", { name: "Wijzig Iris Vermeulen" }).click()
    await page.getByRole("button", { name: "Haal toegang weg" }).click()
    await shoot(page, "collega-weghalen")
    expect(await axeFindings(page, "taking access away")).toEqual([])
    await page.getByRole("dialog").getByRole("button", { name: "Haal toegang weg" }).click()
    await page.getByText("De toegang is weggehaald").waitFor()
    await iris.reload()
    await heading(iris, "Aanmelden").waitFor()
  })
})

describe("the access of an employee", () => {
  const section = () => page.locator("section").filter({ has: page.getByRole("heading", { name: "Toegang" }) })
  const answer = async (button: string) => {
    await section().getByRole("button", { name: button, exact: true }).click()
    await page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click()
  }

  test("is told with what to do next; an invitation is withdrawn and sent again, and the mail comes again", async () => {
    await goTo(page, "Werkgevers")
    await page.getByRole("link", { name: /^Bakkerij De Korenmaat/ }).first().click()
    await page.getByRole("link", { name: "Werknemers", exact: true }).click()
    await heading(page, "Werknemers").waitFor()
    const row = page.getByRole("row").filter({ hasText: "medewerker5@voorbeeld.test" })
    await row.getByRole("link").first().click()
    await heading(page, /^Werknemerdossier/).waitFor()
    await section().getByText("Uitnodiging verlopen").waitFor()
    await shoot(page, "toegang-verlopen")
    expect(await axeFindings(page, "a cabinet with access")).toEqual([])
    await section().getByRole("button", { name: "Trek in", exact: true }).click()
    await shoot(page, "toegang-intrekken")
    expect(await axeFindings(page, "withdrawing an invitation")).toEqual([])
    await page.getByRole("dialog").getByRole("button", { name: "Trek in", exact: true }).click()
    await section().getByText("Uitnodiging ingetrokken").waitFor()
    await answer("Nodig opnieuw uit")
    await section().getByText(/^Uitgenodigd/).waitFor()
    const subjects = async () => (await mailsIn(portal, "medewerker5@voorbeeld.test")).filter((mail) => mail.subject === "Welkom bij Mijn LoonDossier").length
    await expect.poll(subjects).toBe(2)
  })

  test("is blocked and given back", async () => {
    await answer("Blokkeer")
    await section().getByText("Geblokkeerd", { exact: true }).waitFor()
    await shoot(page, "toegang-geblokkeerd")
    await answer("Deblokkeer")
    await section().getByText(/^Uitgenodigd/).waitFor()
  })
})

test("a reader at an employer sees the dossier of the business, opens a file, and has no button to share, delete or add", async () => {
  const femke = await newPage()
  await comeIn(femke, reader)
  await goTo(femke, "Dossier")
  await heading(femke, /^Mijn dossier/).waitFor()
  expect(await femke.locator("input[type=file]").count()).toBe(0)
  await shoot(femke, "werkgever-alleen-lezen")
  await femke.getByRole("link", { name: /^Serie-overzichten maart 2026/ }).first().click()
  await femke.locator("canvas").first().waitFor()
  expect(await femke.getByRole("link", { name: /^Deel/ }).count()).toBe(0)
  expect(await femke.getByRole("button", { name: "Verwijder" }).count()).toBe(0)
})

test("nothing went wrong in any of these pages", () => {
  expect(troubles.filter((text) => !/404/.test(text))).toEqual([])
})
