import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { choosePassword, giveCode, goTo, linkFrom, mailsIn, setUpCodeApp, signIn, signInToSecondStep, signOut } from "./steps.ts"

const password = "zeven groene fietsen"
const butcher = "Slagerij Braadpan B.V."
const gardener = "Kwekerij Zonnedauw B.V."

let portal: TestPortal
let browser: Browser
let page: Page
let office: Viewer
let age: (username: string, minutes: number) => Promise<void>
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const { addEmployer } = await import("#domain/parties/add-employer.ts")
  const { invite } = await import("#domain/invitations/change-access.ts")
  const { bringInPeople } = await import("../domain/accounts/people.ts")
  const { asSystem } = await import("#platform/database.ts")
  office = await house.makeOffice()
  const bakery = await house.makeClient(office)
  const people = [...(await bringInPeople(office, bakery, ["Bakker"])).values()]
  for (const [name, number, person] of [[butcher, "999990032L01", "Slager"], [gardener, "999990044L01", "Kweker"]] as const) {
    const { employerId } = await addEmployer(office, { ...house.employerInput(number), name, email: `${person.toLowerCase()}@baas.test` }, new Date())
    people.push(...(await bringInPeople(office, employerId, [person])).values())
  }
  for (const partyId of people) await invite(office, { partyId }, new Date())
  await house.viewerFor("employer", bakery, "directie@werk.test")
  age = async (username, minutes) => {
    await asSystem("operate", (tx) => tx.session.updateMany({ where: { account: { username } }, data: { confirmedAt: new Date(Date.now() - minutes * 60_000) } }))
  }
  browser = await openBrowser()
  page = await newPage()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeDatabase()
  await portal?.stop()
})

const heading = (on: Page, name: string | RegExp) => on.getByRole("heading", { name, level: 1 }).waitFor()
const subjects = async (email: string) => (await mailsIn(portal, email)).map((mail) => mail.subject)

/** Asks a link to choose a password in a browser of its own, and returns it as the mail has it. */
async function askedLink(email: string): Promise<string> {
  const visitor = await newPage()
  await visitor.goto(`${portal.url}/wachtwoord`)
  await visitor.getByLabel("Gebruikersnaam of klantnummer").fill(email)
  await visitor.getByRole("button", { name: "Stuur mij een link" }).click()
  await visitor.getByText("Kijk in uw e-mail").first().waitFor()
  await visitor.context().close()
  return linkFrom(portal, email)
}

describe("somebody with an account who gets a second employer", () => {
  test("adds it from the profile with the link of the mail, after the date of birth, and switches in the bar", async () => {
    await choosePassword(page, portal, { username: "bakker@werk.test", email: "bakker@werk.test", birthDate: "16-04-1986", password })
    const link = await askedLink("slager@werk.test")
    await goTo(page, "Profiel")
    await page.getByRole("link", { name: "Nog een werkgever toevoegen" }).click()
    await heading(page, "Nog een werkgever toevoegen")
    await shoot(page, "koppelen-link")
    expect(await axeFindings(page, "adding an employer, the link")).toEqual([])
    await page.getByLabel("Link uit de mail").fill("geen link")
    await page.getByRole("button", { name: "Verder", exact: true }).click()
    await page.getByText("Deze link kunt u niet toevoegen").waitFor()
    await shoot(page, "koppelen-kan-niet")
    await page.getByLabel("Link uit de mail").fill(link)
    await page.getByRole("button", { name: "Verder", exact: true }).click()
    await page.getByLabel("Geboortedatum").fill("17-04-1986")
    expect(page.url()).toBe(`${portal.url}/koppelen`)
    await page.getByRole("button", { name: "Voeg toe aan mijn account" }).click()
    await page.getByText("U kunt het nog 4 keer proberen").first().waitFor()
    await shoot(page, "koppelen-geboortedatum")
    expect(await axeFindings(page, "adding an employer, refused")).toEqual([])
    await page.getByLabel("Geboortedatum").fill("16-04-1986")
    await page.getByRole("button", { name: "Voeg toe aan mijn account" }).click()
    await page.getByText("De werkgever staat bij uw account.").waitFor()
    await shoot(page, "koppelen-klaar")
    await page.getByRole("link", { name: "Naar uw portaal" }).click()
    await page.locator("summary").filter({ hasText: "Wissel van rol" }).click()
    await page.getByRole("button", { name: new RegExp(butcher) }).click()
    await page.getByText(butcher).first().waitFor()
    for (const address of ["bakker@werk.test", "slager@werk.test"]) await expect.poll(() => subjects(address)).toContain("De beveiliging van uw account is gewijzigd")
  })

  test("adds one from the page of the link, without being signed in: signs in, proves to be the holder where that was long ago, and the address bar never holds the link", async () => {
    await signOut(page)
    const link = await askedLink("kweker@werk.test")
    const token = link.split("#")[1] ?? ""
    const asked: string[] = []
    page.on("request", (request) => asked.push(request.url()))
    await page.goto(link)
    await page.getByText("Hebt u al een account?").waitFor()
    await shoot(page, "wachtwoord-kiezen-of-koppelen")
    expect(await axeFindings(page, "a first password, or an account already")).toEqual([])
    await page.getByRole("button", { name: "Meld u aan en voeg dit dienstverband toe" }).click()
    await heading(page, "Aanmelden")
    await page.getByText("Daarna voegt u de nieuwe werkgever toe.").waitFor()
    await shoot(page, "aanmelden-om-te-koppelen")
    await page.getByLabel("Gebruikersnaam of klantnummer").fill("bakker@werk.test")
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
    await heading(page, "Nog een werkgever toevoegen")
    await age("bakker@werk.test", 16)
    await page.getByLabel("Geboortedatum").fill("16-04-1986")
    await page.getByRole("button", { name: "Voeg toe aan mijn account" }).click()
    await heading(page, "Bent u het nog?")
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByRole("button", { name: "Verder", exact: true }).click()
    await page.getByLabel("Geboortedatum").fill("16-04-1986")
    await page.getByRole("button", { name: "Voeg toe aan mijn account" }).click()
    await page.getByText("De werkgever staat bij uw account.").waitFor()
    expect(token.length).toBeGreaterThan(20)
    expect(asked.filter((url) => new URL(url).href.split("#")[0]?.includes(token))).toEqual([])
    expect(portal.printed()).not.toContain(token)
    expect((await page.context().cookies()).find(({ name }) => name === "koppel")).toBeUndefined()
    const late = await newPage()
    await late.goto(link)
    await late.getByText("Deze link is al gebruikt").waitFor()
    await late.context().close()
    await signOut(page)
    await signIn(page, portal, "bakker@werk.test", password)
    await page.locator("summary").filter({ hasText: "Wissel van rol" }).click()
    await page.getByRole("button", { name: new RegExp(gardener) }).waitFor()
  })
})

describe("an employer", () => {
  test("cannot take the second step of who acts for more, and is told what to do; takes the login away, and the person is out of that role at once", async () => {
    await setUpFor(page)
    const boss = await newPage()
    await signIn(boss, portal, "directie@werk.test", password)
    await openCabinet(boss)
    await age("directie@werk.test", 16)
    await answer(boss, "Tweede stap opnieuw laten instellen")
    await heading(boss, "Bent u het nog?")
    await boss.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await boss.getByRole("button", { name: "Verder", exact: true }).click()
    await boss.getByRole("button", { name: "Verwijder toegang" }).waitFor()
    await shoot(boss, "toegang-actief")
    expect(await axeFindings(boss, "access, active")).toEqual([])
    await answer(boss, "Tweede stap opnieuw laten instellen")
    await boss.getByText("Deze persoon gebruikt hetzelfde account ook voor een andere werkgever.").first().waitFor()
    await boss.reload()
    await boss.getByRole("button", { name: "Verwijder toegang" }).click()
    await shoot(boss, "toegang-verwijderen")
    await boss.getByRole("dialog").getByRole("button", { name: "Verwijder toegang" }).click()
    await boss.getByText("Toegang verwijderd").waitFor()
    await shoot(boss, "toegang-verwijderd")
    expect(await boss.getByText("dat gaat niet vanzelf").count()).toBe(1)
    await page.goto(`${portal.url}/werknemer`)
    await heading(page, "Aanmelden")
    await boss.getByRole("button", { name: "Nodig uit" }).click()
    await boss.getByRole("dialog").getByRole("button", { name: "Nodig uit" }).click()
    await boss.getByText(/^Uitgenodigd/).first().waitFor()
    await boss.context().close()
  })

  test("lets an employee with one employer set the second step up anew, who then comes in with the password alone", async () => {
    const fresh = await newPage()
    const username = await newestUsername("bakker@werk.test")
    await choosePassword(fresh, portal, { username, email: "bakker@werk.test", birthDate: "16-04-1986", password })
    await setUpFor(fresh)
    await signOut(fresh)
    await signInToSecondStep(fresh, portal, username, password)
    for (const answered of [/nog 4 keer/, /nog 3 keer/, /nog 2 keer/, /nog één keer/, /te veel verkeerde codes/]) {
      await giveCode(fresh, "000000")
      await fresh.getByRole("alert").filter({ hasText: answered }).first().waitFor()
    }
    await expect.poll(() => subjects("bakker@werk.test")).toContain("Verkeerde codes bij uw account")
    const boss = await newPage()
    await signIn(boss, portal, "directie@werk.test", password)
    await openCabinet(boss)
    await boss.getByRole("button", { name: "Tweede stap opnieuw laten instellen" }).click()
    await shoot(boss, "tweede-stap-opnieuw")
    expect(await axeFindings(boss, "second step anew, asked")).toEqual([])
    await boss.getByRole("dialog").getByRole("button", { name: "Tweede stap opnieuw laten instellen" }).click()
    await expect.poll(async () => (await mailsIn(portal, "bakker@werk.test")).some((mail) => mail.text.includes("stel een nieuwe tweede stap in"))).toBe(true)
    await signIn(fresh, portal, username, password)
    await fresh.context().close()
  })
})

/** Sets up a code app. */
async function setUpFor(on: Page): Promise<void> {
  await on.goto(`${portal.url}/beveiliging/tweede-stap`)
  await setUpCodeApp(on)
}

async function openCabinet(on: Page): Promise<void> {
  await goTo(on, "Werknemers")
  await on.getByRole("link", { name: /Bakker/ }).first().click()
  await on.getByRole("heading", { name: "Toegang" }).waitFor()
}

/** Opens a question and says yes. */
async function answer(on: Page, button: string): Promise<void> {
  await on.getByRole("button", { name: button }).click()
  await on.getByRole("dialog").getByRole("button", { name: button }).click()
}

/** The username in the newest welcome mail. */
async function newestUsername(email: string): Promise<string> {
  const { accountOf } = await import("../domain/accounts/people.ts")
  const { asSystem } = await import("#platform/database.ts")
  const person = await asSystem("operate", (tx) => tx.employee.findFirst({ where: { contactEmail: email }, select: { id: true } }))
  return (await accountOf(person?.id ?? "")).username
}

test("nothing went wrong in any of these pages", () => {
  expect(troubles).toEqual([])
})
