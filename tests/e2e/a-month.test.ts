import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { chooseFiles, pressOn } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { allRead, choosePassword, dropAndTakeOut, dropFiles, goTo, linkFrom, mailsIn, readAddressesInByKeyboard, readPeopleIn, section, setUpCodeApp, signIn, signOut } from "./steps.ts"

const samples = (month: "02" | "03") => join(import.meta.dirname, `../samples/korenmaat-2026-${month}`)
const march = ["loonstroken-maart-2026.pdf", "journaalpost-maart-2026.pdf", "betaallijst-maart-2026.pdf", "sepa-lonen-maart-2026.xml", "serie-overzichten-maart-2026.pdf"]
const bakery = "Bakkerij De Korenmaat B.V."
const password = "negen rustige eenden"

let portal: TestPortal
let browser: Browser
let context: BrowserContext
let page: Page
let clientNumber: string
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const { makeOffice } = await import("../support/house.ts")
  clientNumber = (await makeOffice()).username
  await closeDatabase()
  browser = await openBrowser()
  context = await newVisitor(browser)
  page = await visitor(context)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

/** A page on which anything that goes wrong in the browser is noted. */
async function visitor(of: BrowserContext): Promise<Page> {
  const opened = await of.newPage()
  opened.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  opened.on("pageerror", (error) => troubles.push(error.message))
  return opened
}

describe("a month of payslips, from the office to the employee", () => {
  test("the office signs in with its client number and adds the employer", async () => {
    await page.goto(portal.url)
    await page.getByRole("heading", { name: "Aanmelden", level: 1 }).waitFor()
    await shoot(page, "aanmelden")
    await page.getByLabel("Gebruikersnaam of klantnummer").fill(clientNumber)
    await page.getByLabel("Wachtwoord", { exact: true }).fill("fout fout fout fout")
    await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
    await page.getByRole("alert").first().waitFor()
    await signIn(page, portal, clientNumber, "zeven groene fietsen")
    await goTo(page, "Werkgevers")
    await shoot(page, "kantoor-werkgevers-leeg")
    await page.getByRole("link", { name: "Werkgever toevoegen" }).first().click()
    await page.getByLabel("Naam", { exact: true }).fill(bakery)
    await page.getByLabel("Loonheffingennummer").fill("999990020L02x")
    await page.getByRole("button", { name: "Werkgever toevoegen" }).click()
    await page.getByRole("alert").first().waitFor()
    expect(await page.getByLabel("Naam", { exact: true }).inputValue()).toBe(bakery)
    await shoot(page, "kantoor-werkgever-nieuw-fout")
    await page.getByLabel("Loonheffingennummer").fill("999990020L01")
    await page.getByLabel(/^E-mail/).fill("werkgever@voorbeeld.test")
    await page.getByLabel(/^Plaats/).fill("Zaandam")
    await page.getByRole("button", { name: "Werkgever toevoegen" }).click()
    await page.getByText(`${bakery} is toegevoegd`).waitFor()
    await shoot(page, "kantoor-werkgever")
  })

  test("it reads the employees in from the wage tax return, then their addresses from the CSV by keyboard alone; nothing is stored before it confirms", async () => {
    await page.getByRole("link", { name: "Werknemers inlezen" }).first().click()
    await page.getByLabel("Loonaangifte (XML)").check()
    await page.getByLabel("Bestand", { exact: true }).setInputFiles({ name: "verkeerd.xml", mimeType: "text/xml", buffer: Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><x/>') })
    await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
    await page.getByRole("alert").first().waitFor()
    await shoot(page, "inlezen-geweigerd")
    await page.getByLabel("Bestand", { exact: true }).setInputFiles(join(samples("03"), "loonaangifte-2026-03.xml"))
    await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
    await page.getByRole("button", { name: "Inlezen", exact: true }).waitFor()
    await shoot(page, "inlezen-voorbeeld")
    await page.reload()
    const seen = await readPeopleIn(page, "Loonaangifte (XML)", join(samples("03"), "loonaangifte-2026-03.xml"))
    expect(seen).toContain("24 werknemers worden toegevoegd")
    await page.getByRole("button", { name: "Nog een bestand inlezen" }).click()
    await readAddressesInByKeyboard(page, join(samples("03"), "werknemers.csv"), /24 worden gewijzigd/)
    await pressOn(page, /^Naar de werknemers$/)
    await page.getByRole("heading", { name: /Werknemers/, level: 1 }).waitFor()
    expect(await page.getByRole("row").filter({ hasText: "Vries, K de" }).innerText()).not.toMatch(/\d{9}/)
    await shoot(page, "kantoor-werknemers")
  })

  test("it drops the month: 24 payslips on 29 pages, each with a preview, and four documents for the employer", async () => {
    await goTo(page, "Werkgevers")
    await page.getByRole("link", { name: bakery }).first().click()
    await page.getByRole("button", { name: "Nieuwe zending" }).click()
    await page.getByRole("heading", { name: "Nieuwe zending", level: 1 }).waitFor()
    await shoot(page, "zending-nieuw")
    await dropFiles(page, march.map((file) => join(samples("03"), file)))
    await page.getByText(/24 documenten op 29 bladzijden/).waitFor()
    const table = page.getByRole("table", { name: "Per werknemer" })
    expect(await table.getByRole("row").count()).toBe(25)
    expect(await table.getByRole("row").filter({ hasText: "Berg, M.A. van den" }).innerText()).toMatch(/blz\. \d+-\d+/)
    expect(await page.getByRole("table", { name: "Voor de werkgever" }).getByRole("row").count()).toBe(5)
    await shoot(page, "zending-concept")
    await table.getByRole("link", { name: "Berg, M.A. van den", exact: true }).click()
    const preview = page.getByRole("img", { name: /^Bladzijde 1/ }).first()
    await preview.waitFor()
    await expect.poll(() => preview.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBeGreaterThan(100)
    await shoot(page, "zending-stuk")
    await page.goBack()
  })

  test("what was dropped by mistake is taken out after a question: one document, or a whole file", async () => {
    await dropAndTakeOut(page, ["eerste.xml", "tweede.xml"])
    await page.getByText(/24 documenten op 29 bladzijden/).waitFor()
  })

  test("\"Zet klaar\", then \"Verzend\": everybody gets one mail, and none has an amount or a citizen number in it, nor a link that opens anything", async () => {
    await page.getByRole("button", { name: "Zet klaar" }).click()
    await page.getByText("24 werknemers krijgen hun loonstrook.").first().waitFor()
    await shoot(page, "zending-klaar")
    expect(await mailsIn(portal)).toEqual([])
    await page.getByRole("button", { name: "Verzend", exact: true }).first().click()
    await page.getByRole("dialog").getByRole("button", { name: "Verzend", exact: true }).click()
    await page.getByText(/^Verzonden op /).first().waitFor({ timeout: 60_000 })
    await shoot(page, "zending-verzonden")
    await expect.poll(async () => (await mailsIn(portal)).length, { timeout: 60_000 }).toBe(25)
    const mails = await mailsIn(portal)
    expect(new Set(mails.flatMap((mail) => mail.recipients)).size).toBe(25)
    expect(mails.filter((mail) => mail.text.includes("geboortedatum"))).toHaveLength(24)
    expect(mails.filter((mail) => /€|\d{9}/.test(mail.text.replace(/#\S+/g, "")))).toEqual([])
    expect(mails.map((mail) => mail.links.filter((link) => link.includes("#")).map((link) => link.replace(/#.*/, "")))).toEqual(mails.map(() => [`${portal.url}/welkom`]))
    await signOut(page)
  })

  test("an employee asks a password link, gives the date of birth and is inside; opening the link first uses nothing up", async () => {
    await page.goto(`${portal.url}/wachtwoord`)
    await shoot(page, "wachtwoord-vragen")
    await page.getByLabel("Gebruikersnaam of klantnummer").fill("medewerker2@voorbeeld.test")
    await page.getByRole("button", { name: "Stuur mij een link" }).click()
    await page.getByText("Kijk in uw e-mail").first().waitFor()
    const link = await linkFrom(portal, "medewerker2@voorbeeld.test")
    for (const method of ["GET", "HEAD", "GET"]) expect((await fetch(link, { method })).status).toBe(200)
    await page.goto(link)
    await page.getByLabel("Geboortedatum").fill("04-11-1998")
    await page.getByLabel("Nieuw wachtwoord").fill(password)
    await page.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
    await page.getByRole("alert").first().waitFor()
    await shoot(page, "wachtwoord-kiezen-fout")
    await page.getByLabel("Geboortedatum").fill("3-11-1998")
    await page.getByLabel("Nieuw wachtwoord").fill(password)
    await page.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
    await page.getByRole("navigation", { name: "Hoofdmenu" }).waitFor()
    expect(page.url()).not.toContain("#")
    await shoot(page, "werknemer-home")
  })

  test("the employee sees one unread payslip, views it on the page, downloads it byte for byte, and it is read", async () => {
    await goTo(page, "Ongelezen")
    await shoot(page, "werknemer-ongelezen")
    await goTo(page, "Dossier")
    await page.getByRole("heading", { name: "Mijn dossier 2026", level: 1 }).waitFor()
    await section(page, "Loon-bestanden voor 2026 (1)").waitFor()
    const row = page.getByRole("row").filter({ hasText: "Loonstrook - maart 2026" })
    expect(await row.getByText("Ongelezen").count()).toBeGreaterThan(0)
    await shoot(page, "werknemer-dossier")
    await row.getByRole("link", { name: "Bekijk Loonstrook - maart 2026" }).click()
    await page.getByText(/Vries/).first().waitFor()
    await page.locator("canvas").first().waitFor()
    await shoot(page, "werknemer-bestand")
    const shown = /[0-9a-f]{64}/.exec((await page.getByRole("main").innerText()).replace(/\s/g, ""))?.[0]
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^Download/ }).first().click()])
    const bytes = await readFile(await download.path())
    expect(download.suggestedFilename()).toBe("Loonstrook - maart 2026.pdf")
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-")
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(shown)
    await goTo(page, "Dossier")
    expect(await page.getByRole("row").filter({ hasText: "Loonstrook - maart 2026" }).getByText("Ongelezen").count()).toBe(0)
    await signOut(page)
  })

  test("the employer gets in with its wage tax number and sets up the second step that is asked first; it finds the 24 and a cabinet, and its own series overview", async () => {
    await page.goto(`${portal.url}/wachtwoord`)
    await page.getByLabel("Gebruikersnaam of klantnummer").fill("werkgever@voorbeeld.test")
    await page.getByRole("button", { name: "Stuur mij een link" }).click()
    await page.goto(await linkFrom(portal, "werkgever@voorbeeld.test"))
    await page.getByLabel("Loonheffingennummer").fill("999990020 L01")
    await page.getByLabel("Nieuw wachtwoord").fill(password)
    await page.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
    await page.getByRole("heading", { name: "Beveilig uw account", level: 1 }).waitFor()
    await setUpCodeApp(page)
    await goTo(page, "Werknemers")
    await section(page, "(24)").waitFor()
    await shoot(page, "werkgever-werknemers")
    await page.getByRole("link", { name: "Open het dossier van Bakker, N" }).click()
    await page.getByRole("heading", { name: "Werknemerdossier 2026 voor Bakker, N" }).waitFor()
    await page.getByRole("row").filter({ hasText: "Loonstrook - maart 2026" }).waitFor()
    await shoot(page, "werkgever-werknemerdossier")
    await goTo(page, "Dossier")
    await page.getByRole("row").filter({ hasText: "Serie-overzichten maart 2026" }).waitFor()
    await shoot(page, "werkgever-dossier")
    await signOut(page)
  })

  test("February, sent after it by keyboard alone, welcomes nobody again", async () => {
    await signIn(page, portal, clientNumber, "zeven groene fietsen")
    await pressOn(page, /^Werkgevers$/)
    await page.getByRole("heading", { name: "Werkgevers", level: 1 }).waitFor()
    await pressOn(page, /^Bakkerij De Korenmaat/)
    await page.getByRole("heading", { name: bakery, level: 1 }).waitFor()
    await pressOn(page, /^Nieuwe zending$/, "Space")
    await page.getByRole("heading", { name: "Nieuwe zending", level: 1 }).waitFor()
    const february = ["loonstroken-februari-2026.pdf", "serie-overzichten-februari-2026.pdf"]
    await chooseFiles(page, /^Kies bestanden$/, february.map((file) => join(samples("02"), file)))
    await allRead(page, february.length)
    await pressOn(page, /^Zet klaar$/)
    await page.getByText("24 werknemers krijgen hun loonstrook.").first().waitFor()
    await pressOn(page, /^Verzend$/)
    await page.getByRole("dialog").waitFor()
    await pressOn(page, /^Verzend$/, "Space")
    await page.getByText(/^Verzonden op /).first().waitFor({ timeout: 60_000 })
    await expect.poll(async () => (await mailsIn(portal)).length, { timeout: 60_000 }).toBe(25 + 2 + 1 + 25)
    const welcomes = (await mailsIn(portal)).filter((mail) => mail.subject.startsWith("Welkom"))
    expect(welcomes).toHaveLength(25)
    await goTo(page, "Zendingen")
    await shoot(page, "kantoor-zendingen")
    await signOut(page)
  })

  test("a colleague sees nothing of it: other people's addresses lead nowhere", async () => {
    await choosePassword(page, portal, { username: "medewerker3@voorbeeld.test", email: "medewerker3@voorbeeld.test", birthDate: "11-01-2003", password })
    await goTo(page, "Dossier")
    await section(page, "Loon-bestanden voor 2026 (2)").waitFor()
    for (const path of ["/kantoor", "/werkgever/werknemers", "/kantoor/zendingen"]) {
      const answer = await page.goto(portal.url + path)
      expect(answer?.status()).toBe(404)
    }
    await shoot(page, "niet-gevonden")
  })

  test("nothing went wrong in the browser meanwhile: no error, no breach of the content security policy", () => {
    expect(troubles.filter((text) => !/404/.test(text))).toEqual([])
  })
})
