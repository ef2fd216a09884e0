import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { knock } from "../support/knock.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { mailsIn, signIn, signOut } from "./steps.ts"

const password = "zeven groene fietsen"
const another = "drie blauwe paraplu's in maart"
const email = "werkgever@voorbeeld.test"

let portal: TestPortal
let browser: Browser
let page: Page
let phone: Page
let age: (minutes: number) => Promise<void>
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const { asSystem } = await import("#platform/database.ts")
  const employerId = await house.makeClient(await house.makeOffice())
  const viewer = await house.viewerFor("employer", employerId, "bakkerij@test.test")
  age = async (minutes) => {
    const confirmedAt = new Date(Date.now() - minutes * 60_000)
    await asSystem("operate", (tx) => tx.session.updateMany({ where: { accountId: viewer.accountId }, data: { confirmedAt } }))
  }
  browser = await openBrowser()
  ;[page, phone] = [await newPage(), await newPage()]
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeDatabase()
  await portal?.stop()
})

const heading = (on: Page, name: string) => on.getByRole("heading", { name, level: 1 })
const subjects = async () => (await mailsIn(portal, email)).map((mail) => mail.subject)

describe("who forgot the username", () => {
  test("asks it by e-mail address and reads it in the mail", async () => {
    await page.goto(`${portal.url}/aanmelden`)
    await page.getByRole("link", { name: "Gebruikersnaam vergeten" }).click()
    await heading(page, "Gebruikersnaam vergeten").waitFor()
    await shoot(page, "gebruikersnaam-vergeten")
    expect(await axeFindings(page, "forgotten username")).toEqual([])
    await page.getByLabel("E-mailadres").fill("niemand@nergens.test")
    await page.getByRole("button", { name: "Mail mij mijn gebruikersnaam" }).click()
    await page.getByText("Kijk in uw e-mail").waitFor()
    const unknown = await page.getByRole("main").innerText()
    await page.goto(`${portal.url}/gebruikersnaam`)
    await page.getByLabel("E-mailadres").fill(email)
    await page.getByRole("button", { name: "Mail mij mijn gebruikersnaam" }).click()
    await page.getByText("Kijk in uw e-mail").waitFor()
    expect(await page.getByRole("main").innerText()).toBe(unknown)
    await expect.poll(subjects).toContain("Uw gebruikersnaam")
    const mail = (await mailsIn(portal, email)).find(({ subject }) => subject === "Uw gebruikersnaam")
    expect(mail?.text).toContain("bakkerij@test.test")
  })
})

describe("who is signed in on two devices", () => {
  test("is asked the password again after a quarter of an hour, and comes back where that was asked; never on another site", async () => {
    await signIn(page, portal, "bakkerij@test.test", password)
    await signIn(phone, portal, "bakkerij@test.test", password)
    await expect.poll(subjects).toContain("Aangemeld op een nieuw apparaat")
    await age(16)
    await page.goto(`${portal.url}/beveiliging/apparaten`)
    await heading(page, "Bent u het nog?").waitFor()
    await shoot(page, "bevestigen")
    expect(await axeFindings(page, "proving again")).toEqual([])
    await page.getByLabel("Wachtwoord", { exact: true }).fill("niet mijn wachtwoord")
    await page.getByRole("button", { name: "Verder" }).click()
    await page.getByText("Dit wachtwoord klopt niet.").first().waitFor()
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByRole("button", { name: "Verder" }).click()
    await heading(page, "Aanmeldingen").waitFor()
    await page.goto(`${portal.url}/bevestigen?naar=%2F%2Fkwaad.test`)
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByRole("button", { name: "Verder" }).click()
    await page.waitForURL((url) => url.pathname !== "/bevestigen")
    expect(new URL(page.url()).origin).toBe(portal.url)
  })

  test("ends the other one, which is outside at its next click", async () => {
    await page.goto(`${portal.url}/beveiliging/apparaten`)
    expect(await page.getByText("Dit apparaat").count()).toBe(1)
    await shoot(page, "apparaten")
    expect(await axeFindings(page, "sessions")).toEqual([])
    await page.getByRole("button", { name: /^Meld af/ }).click()
    await page.getByText("Het apparaat is afgemeld.").waitFor()
    await phone.reload()
    await heading(phone, "Aanmelden").waitFor()
  })

  test("changes the password, which is told by mail, and the other device is out", async () => {
    await signIn(phone, portal, "bakkerij@test.test", password)
    await page.goto(`${portal.url}/beveiliging/wachtwoord`)
    await page.getByLabel("Wachtwoord nu").fill(password)
    for (const [label, autocomplete] of [["Wachtwoord nu", "current-password"], ["Nieuw wachtwoord", "new-password"]] as const) {
      const field = page.getByLabel(label)
      expect([await field.getAttribute("type"), await field.getAttribute("autocomplete")]).toEqual(["password", autocomplete])
      expect(await field.evaluate((box) => box.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true }))), "pasting is not stopped").toBe(true)
    }
    await page.getByLabel("Nieuw wachtwoord").fill("wachtwoordwachtwoord")
    await page.getByRole("button", { name: "Wachtwoord wijzigen" }).click()
    await page.getByText("is te makkelijk te raden").first().waitFor()
    await shoot(page, "wachtwoord-wijzigen-fout")
    expect(await axeFindings(page, "changing the password, refused")).toEqual([])
    await page.getByLabel("Wachtwoord nu").fill(password)
    await page.getByLabel("Nieuw wachtwoord").fill(another)
    await page.getByRole("button", { name: "Wachtwoord wijzigen" }).click()
    await page.getByText("Uw wachtwoord is gewijzigd.").waitFor()
    await expect.poll(subjects).toContain("De beveiliging van uw account is gewijzigd")
    await phone.reload()
    await heading(phone, "Aanmelden").waitFor()
  })

  test("changes the username, and signs in by the new one alone", async () => {
    await page.goto(`${portal.url}/beveiliging/gebruikersnaam`)
    await shoot(page, "gebruikersnaam-wijzigen")
    expect(await axeFindings(page, "changing the username")).toEqual([])
    await page.getByLabel("Nieuwe gebruikersnaam").fill("korenmaat")
    await page.getByRole("button", { name: "Gebruikersnaam wijzigen" }).click()
    await page.getByText("Uw gebruikersnaam is gewijzigd.").waitFor()
    await signIn(phone, portal, "korenmaat", another)
  })

  test("signs out everywhere, and after signing out the browser is told to throw away what it kept", async () => {
    await page.goto(`${portal.url}/beveiliging/apparaten`)
    await page.getByRole("button", { name: "Overal uitloggen" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Overal uitloggen" }).click()
    await heading(page, "Aanmelden").waitFor()
    await phone.reload()
    await heading(phone, "Aanmelden").waitFor()
    await signIn(page, portal, "korenmaat", another)
    await signOut(page)
    expect(new URL(page.url()).search).toBe("?afgemeld=ja")
    const answer = await knock(portal.url, "/aanmelden?afgemeld=ja", { method: "GET", headers: {} })
    expect(answer.headers["clear-site-data"]).toBe('"cache", "storage"')
  })
})

test("nothing went wrong in any of these pages", () => {
  expect(troubles).toEqual([])
})
