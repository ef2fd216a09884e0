import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { choosePassword, linkFrom, mailsIn, readPeopleIn, signIn, signOut } from "./steps.ts"

const password = "negen rustige eenden"
const baker = (n: number) => `medewerker${n}@voorbeeld.test`

let portal: TestPortal
let browser: Browser
/** The office's browser, and the employee's. */
let page: Page
let phone: Page
let list: string
let people: Map<string, string>
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const office = await house.makeOffice()
  const bakery = await house.makeClient(office)
  people = await house.bringInBakers(office, bakery)
  await house.sendOff(office, await house.startWith(office, bakery, "maart", ["loonstroken-maart-2026.pdf"]), new Date())
  const { invite } = await import("#domain/invitations/change-access.ts")
  for (const n of ["1", "2", "3"]) await invite(office, { partyId: people.get(n) ?? "" }, new Date())
  await closeDatabase()
  list = `${portal.url}/kantoor/werkgevers/${bakery}/werknemers`
  browser = await openBrowser()
  page = await newPage()
  phone = await newPage()
  await signIn(page, portal, office.username, "zeven groene fietsen")
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (on: Page, name: string) => on.getByRole("heading", { name, level: 1 })
const subjectsTo = async (email: string) => (await mailsIn(portal, email)).map((mail) => mail.subject)

/** Asks a link for a password by a username. */
async function askLink(username: string): Promise<void> {
  await phone.goto(`${portal.url}/wachtwoord`)
  await phone.getByLabel("Gebruikersnaam of klantnummer").fill(username)
  await phone.getByRole("button", { name: "Stuur mij een link" }).click()
  await phone.getByText("Kijk in uw e-mail").first().waitFor()
}

/** The office corrects an address in the cabinet of an employee, and reads what came of it. */
async function correct(n: number, email: string): Promise<void> {
  await page.goto(`${list}/${people.get(String(n))}`)
  const form = page.getByRole("form", { name: "Adres wijzigen" })
  expect(await form.getByLabel("E-mailadres").inputValue()).toBe(baker(n))
  await form.getByLabel("E-mailadres").fill(email)
  await form.getByRole("button", { name: "Adres wijzigen" }).click()
}

describe("a wrong address, while nobody is inside", () => {
  test("is corrected by the office: what was mailed before is over and says so, and a new invitation arrives", async () => {
    await askLink(baker(1))
    const old = await linkFrom(portal, baker(1))
    await page.goto(list.replace(/\/werknemers$/, ""))
    await page.getByRole("form", { name: "Adres wijzigen" }).waitFor()
    await shoot(page, "kantoor-werkgever-adres")
    await correct(1, "geen adres")
    await page.getByRole("alert").first().waitFor()
    await shoot(page, "adres-wijzigen-fout")
    expect(await axeFindings(page, "changing an address, refused")).toEqual([])
    await correct(1, "nora@goed.test")
    await page.getByText("is uitgenodigd op het nieuwe adres").waitFor()
    await shoot(page, "adres-gewijzigd")
    expect(await axeFindings(page, "changed address")).toEqual([])
    await phone.goto(old)
    await phone.getByText("Deze link werkt niet meer").waitFor()
    await shoot(phone, "link-van-oud-adres")
    await expect.poll(() => subjectsTo("nora@goed.test")).toContain("Welkom bij Mijn LoonDossier")
    const welcome = (await mailsIn(portal, "nora@goed.test")).find(({ subject }) => subject === "Welkom bij Mijn LoonDossier")
    expect(welcome?.text).toContain("Uw gebruikersnaam: nora@goed.test")
    await choosePassword(phone, portal, { username: "nora@goed.test", email: "nora@goed.test", birthDate: "16-04-1986", password })
    expect((await subjectsTo(baker(1))).filter((subject) => subject === "Kies uw wachtwoord")).toHaveLength(1)
    await signOut(phone)
  })

  test("is corrected by a new import; who still asks under the username of before gets the link at the corrected address, comes in, and takes another username", async () => {
    await page.goto(`${list}/importeren`)
    const file = { name: "adressen.csv", mimeType: "text/csv", buffer: Buffer.from("nummer;email\n2;kim@goed.test") }
    await readPeopleIn(page, "CSV met e-mailadressen", file)
    await askLink(baker(2))
    await phone.goto(await linkFrom(portal, "kim@goed.test"))
    await phone.getByLabel("Geboortedatum").fill("03-11-1998")
    expect(await phone.getByLabel("Gebruikersnaam").inputValue()).toBe("kim@goed.test")
    await phone.getByLabel("Nieuw wachtwoord").fill(password)
    await phone.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
    await phone.getByRole("navigation", { name: "Hoofdmenu" }).waitFor()
    expect(await subjectsTo(baker(2))).not.toContain("Kies uw wachtwoord")
    await phone.goto(`${portal.url}/beveiliging/gebruikersnaam`)
    await phone.getByLabel("Nieuwe gebruikersnaam").fill("kim.de.vries")
    await phone.getByRole("button", { name: "Gebruikersnaam wijzigen" }).click()
    await phone.getByText("Uw gebruikersnaam is gewijzigd.").waitFor()
    await phone.goto(`${portal.url}/werknemer`)
    await signOut(phone)
    await signIn(phone, portal, "kim.de.vries", password)
    await signOut(phone)
  })
})

describe("another address for who is inside", () => {
  test("is told at both addresses and asked about in the portal; the link at the new one confirms it, and the username stays", async () => {
    await choosePassword(phone, portal, { username: baker(3), email: baker(3), birthDate: "11-01-2003", password })
    await correct(3, "r.koning@goed.test")
    await page.getByText("De gebruikersnaam blijft gelijk").waitFor()
    for (const address of [baker(3), "r.koning@goed.test"]) await expect.poll(() => subjectsTo(address)).toContain("De beveiliging van uw account is gewijzigd")
    await phone.goto(`${portal.url}/werknemer`)
    await phone.getByText("Uw e-mailadres is gewijzigd door Kantoor").waitFor()
    await shoot(phone, "adres-gewijzigd-vraag")
    expect(await axeFindings(phone, "asked about an address")).toEqual([])
    await phone.getByRole("button", { name: "Mail de link opnieuw" }).click()
    await phone.getByText("Kijk in uw e-mail").waitFor()
    const linksToConfirm = async () => (await mailsIn(portal, "r.koning@goed.test")).flatMap((mail) => mail.links).filter((link) => link.includes("/adres/bevestigen#"))
    await expect.poll(async () => (await linksToConfirm()).length).toBe(2)
    const [newest = "", before = ""] = await linksToConfirm()
    await phone.goto(before)
    await phone.getByRole("button", { name: "Bevestig dit adres" }).click()
    await phone.getByText("Deze link werkt niet meer").first().waitFor()
    await phone.goto("about:blank")
    await phone.goto(newest)
    await phone.getByText("U bevestigt dat u zelf de mail leest op r.koning@goed.test.").waitFor()
    await shoot(phone, "adres-bevestigen")
    expect(await axeFindings(phone, "confirming an address")).toEqual([])
    await phone.getByRole("button", { name: "Bevestig dit adres" }).click()
    await phone.getByText("Uw adres is bevestigd").waitFor()
    await shoot(phone, "adres-bevestigd")
    await phone.goto(`${portal.url}/werknemer`)
    await heading(phone, "Mijn gegevens").waitFor()
    expect(await phone.getByText("Uw e-mailadres is gewijzigd").count()).toBe(0)
    await signOut(phone)
    await signIn(phone, portal, baker(3), password)
  })
})

test("nothing went wrong in any of these pages", () => {
  expect(troubles).toEqual([])
})
