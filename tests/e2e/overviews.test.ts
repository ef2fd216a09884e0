import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { comeInByMail, goTo, signIn } from "./steps.ts"

const password = "zeven groene fietsen"
const email = "teamleider@bakker.test"

let portal: TestPortal
let browser: Browser
let owner: Page
let sanne: Page
let hidden: { fileId: string; employeeId: string }
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const office = await house.makeOffice()
  const bakery = await house.makeClient(office)
  await house.bringInBakers(office, bakery)
  await house.sendOff(office, await house.startWith(office, bakery, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]), new Date())
  await house.viewerFor("employer", bakery, "directie@bakker.test")
  const payslip = await asSystem("operate", (tx) => tx.dossierFile.findFirstOrThrow({ where: { kind: "payslip" }, select: { id: true, dossier: { select: { ownerId: true } } } }))
  hidden = { fileId: payslip.id, employeeId: payslip.dossier.ownerId }
  await closeDatabase()
  browser = await openBrowser()
  owner = await newPage()
  sanne = await newPage()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (on: Page, name: string | RegExp) => on.getByRole("heading", { name, level: 1 })
const entries = (on: Page) => on.getByRole("navigation", { name: "Hoofdmenu" }).getByRole("link").allInnerTexts()

test("the owner of a business lets a colleague in for the series overviews alone", async () => {
  await signIn(owner, portal, "directie@bakker.test", password)
  await goTo(owner, "Profiel")
  await owner.getByRole("link", { name: "Naar collega's" }).click()
  await heading(owner, "Collega's").waitFor()
  await owner.getByLabel("Naam", { exact: true }).fill("Sanne de Boer")
  await owner.getByLabel("E-mailadres", { exact: true }).fill(email)
  await owner.getByLabel("Alleen serie-overzichten").check()
  await shoot(owner, "collegas-serie-overzichten")
  await owner.getByRole("button", { name: "Voeg toe" }).click()
  await owner.getByText("Uw collega is toegevoegd en krijgt een mail").waitFor()
  const row = owner.getByRole("table", { name: "Collega's" }).getByRole("row").filter({ hasText: "Sanne de Boer" })
  expect(await row.innerText()).toMatch(/Alleen serie-overzichten[\s\S]*Nog geen wachtwoord/)
  expect(await axeFindings(owner, "colleagues of a business")).toEqual([])
})

describe("the colleague", () => {
  test("gets in by the mail, sets up the second step, and stands before the overviews, with no other way to go than four", async () => {
    await comeInByMail(sanne, portal, email, password)
    await heading(sanne, "Mijn dossier 2026").waitFor()
    expect((await entries(sanne)).map((text) => text.replace(/\s*\d.*$/s, "").trim())).toEqual(["Dossier", "Ongelezen", "Profiel"])
    expect(await sanne.getByText("alleen serie-overzichten", { exact: false }).first().isVisible()).toBe(true)
    const rows = sanne.getByRole("table", { name: /^Loon/ }).getByRole("row").filter({ has: sanne.getByRole("link") })
    expect((await rows.getByRole("link").allInnerTexts()).filter((text) => /overzicht/i.test(text)).length).toBeGreaterThan(0)
    expect(await sanne.getByRole("heading", { level: 2 }).allInnerTexts()).toHaveLength(1)
    expect(await sanne.locator("input[type=file], input[type=checkbox]").count()).toBe(0)
    expect(await sanne.getByRole("link", { name: /Prullenbak/ }).count()).toBe(0)
    await shoot(sanne, "serie-overzichten-dossier")
    expect(await axeFindings(sanne, "the dossier of who sees the overviews alone")).toEqual([])
  })

  test("reads an overview, sees that the business and the office have it too, and finds it with a search", async () => {
    await sanne.getByRole("link", { name: /^Serie-overzichten maart 2026/ }).first().click()
    await sanne.locator("canvas").first().waitFor()
    await shoot(sanne, "serie-overzicht")
    expect(await axeFindings(sanne, "an overview of who sees those alone")).toEqual([])
    expect(await sanne.getByText("Collega's die alleen serie-overzichten zien").count()).toBe(0)
    await sanne.goto(`${portal.url}/werkgever/zoeken?q=maart`)
    await sanne.getByRole("link", { name: /^Serie-overzichten maart 2026/ }).first().waitFor()
    expect(await sanne.getByRole("link", { name: /^Loonstro/ }).count()).toBe(0)
  })

  test("finds nothing else by its address", async () => {
    const { fileId, employeeId } = hidden
    for (const path of [`bestanden/${fileId}`, "werknemers", `werknemers/${employeeId}`, "zendingen", "prullenbak", "collegas", "kantoor", "delen"]) {
      await sanne.goto(`${portal.url}/werkgever/${path}`)
      await heading(sanne, "Niet gevonden").waitFor()
    }
    expect((await sanne.request.get(`${portal.url}/api/files/${fileId}`)).status()).toBe(404)
    await sanne.goto(`${portal.url}/werkgever`)
    await heading(sanne, "Mijn dossier 2026").waitFor()
  })
})

test("the owner reads at the file that such colleagues see it, and who of them opened it", async () => {
  await goTo(owner, "Dossier")
  await owner.getByRole("link", { name: /^Serie-overzichten maart 2026/ }).first().click()
  await owner.getByText("Collega's die alleen serie-overzichten zien").waitFor()
  await owner.getByText("Sanne de Boer").first().waitFor()
  await shoot(owner, "serie-overzicht-wie-ziet-dit")
})

test("nothing went wrong in any of these pages", () => {
  expect(troubles.filter((text) => !/404/.test(text))).toEqual([])
})
