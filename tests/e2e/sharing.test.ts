import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { goodPassword, makeOffice } from "../support/house.ts"
import { pressOn, tabTo } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { makeHouse, placeOwn, type House } from "../domain/sharing/people.ts"
import { goTo, signIn } from "./steps.ts"

const bakery = "Bakkerij De Korenmaat B.V."

let portal: TestPortal
let browser: Browser
let house: House
let next: { username: string }
let employee: Page
let employer: Page
let office: Page
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  house = await makeHouse()
  next = await makeOffice()
  for (const name of ["Bankpas.pdf", "Diploma.pdf", "Kladje.pdf"]) await placeOwn(house.employee, house.employer.partyId, name)
  await closeDatabase()
  browser = await openBrowser()
  ;[employee, employer, office] = await Promise.all([visit(house.employee.username), visit(house.employer.username), visit(house.office.username)])
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function visit(username: string): Promise<Page> {
  const page = await (await newVisitor(browser)).newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
  await signIn(page, portal, username, goodPassword)
  return page
}

/** Takes pictures of the page, and holds it against axe. */
async function look(page: Page, name: string): Promise<void> {
  await shoot(page, name)
  expect(await axeFindings(page, name)).toEqual([])
}

const ownFiles = (page: Page) => page.getByRole("table", { name: "Overige bestanden" })
const rowOf = (page: Page, name: string) => ownFiles(page).getByRole("row").filter({ hasText: name })
const toDossier = async (page: Page) => {
  await goTo(page, "Dossier")
  await page.getByRole("heading", { name: /^Mijn dossier/, level: 1 }).waitFor()
}

test("an employee ticks two files, downloads them, reads who will see them, and shares them with the employer, by keyboard alone", async () => {
  await toDossier(employee)
  await look(employee, "delen-dossier-werknemer")
  for (const name of ["Bankpas.pdf", "Diploma.pdf"]) {
    await pressOn(employee, new RegExp(`^Kies ${name}$`), "Space")
  }
  await tabTo(employee, /^Download selectie$/)
  const [download] = await Promise.all([employee.waitForEvent("download"), employee.keyboard.press("Enter")])
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  await tabTo(employee, /^Deel met\.\.\.$/, "Shift+Tab")
  await employee.keyboard.press("Enter")
  await employee.getByRole("heading", { name: "2 bestanden delen" }).waitFor()
  await look(employee, "delen-kiezen-werknemer")
  await pressOn(employee, /^Verder$/)
  await employee.getByText("Deze 2 bestanden worden zichtbaar voor:").waitFor()
  const asked = await employee.getByRole("main").innerText()
  expect(asked).toContain(bakery)
  expect(asked).toContain("Het administratiekantoor van uw werkgever ziet ze niet")
  await look(employee, "delen-bevestigen-werknemer")
  await pressOn(employee, /^Deel$/)
  await employee.getByText("2 bestanden zijn gedeeld").waitFor()
  await look(employee, "delen-gedeeld-werknemer")
})

test("the employer finds them unread, by the owner's name, and shares one on to its office until a day", async () => {
  await toDossier(employer)
  expect(await rowOf(employer, "Bankpas.pdf").innerText()).toContain("Eigenaar")
  await look(employer, "delen-dossier-werkgever")
  await employer.getByRole("checkbox", { name: "Kies Bankpas.pdf" }).check()
  await employer.getByRole("button", { name: "Deel met..." }).click()
  await employer.getByLabel(/^Tot en met/).fill("2099-12-31")
  await employer.getByRole("button", { name: "Verder" }).click()
  await employer.getByText("Dit bestand wordt zichtbaar voor:").waitFor()
  await employer.getByText("Te zien tot en met 31-12-2099.").waitFor()
  await employer.getByRole("button", { name: "Deel", exact: true }).click()
  await employer.getByRole("heading", { name: "Gedeeld met" }).waitFor()
  expect(await employer.getByRole("main").innerText()).toMatch(/Het is verder gedeeld met dit kantoor\./)
  await look(employer, "delen-bestand-werkgever")
})

test("the office reads it, and deletes nothing", async () => {
  await toDossier(office)
  await look(office, "delen-dossier-kantoor")
  await office.getByRole("checkbox", { name: "Kies Bankpas.pdf" }).check()
  await office.getByRole("button", { name: "Verwijder" }).click()
  await office.getByText("Verwijderen kan alleen de eigenaar.").waitFor()
  await look(office, "delen-kantoor-geweigerd")
  await office.getByRole("link", { name: "Bekijk Bankpas.pdf" }).click()
  await office.getByRole("heading", { name: "Bankpas.pdf", level: 1 }).waitFor()
})

test("the employee sees in the details who sees it, stops, and neither employer nor office has it any more", async () => {
  await toDossier(employee)
  await employee.getByRole("link", { name: "Details van Bankpas.pdf" }).click()
  await employee.getByRole("heading", { name: "Gedeeld met" }).waitFor()
  expect(await employee.getByRole("main").innerText()).toMatch(/Het is verder gedeeld met dit kantoor\./)
  await employee.getByRole("button", { name: `Stop met delen met ${bakery}` }).click()
  await look(employee, "delen-stoppen")
  await employee.getByRole("dialog").getByRole("button", { name: "Stop met delen" }).click()
  await employee.getByText("Dit bestand is met niemand gedeeld.").waitFor()
  await look(employee, "delen-gestopt")
  for (const page of [employer, office]) {
    await toDossier(page)
    await expect.poll(() => rowOf(page, "Bankpas.pdf").count()).toBe(0)
  }
})

test("a file goes to the bin, comes back at once, goes again, and is put back from there; the employer's sight goes and comes with it", async () => {
  await toDossier(employee)
  const remove = async () => {
    await employee.getByRole("checkbox", { name: "Kies Diploma.pdf" }).check()
    await employee.getByRole("button", { name: "Verwijder" }).click()
    await employee.getByText("Het bestand ligt in de prullenbak").waitFor()
  }
  await remove()
  await look(employee, "prullenbak-ongedaan")
  await toDossier(employer)
  await expect.poll(() => rowOf(employer, "Diploma.pdf").count()).toBe(0)
  await employee.getByRole("button", { name: "Ongedaan maken" }).click()
  await employee.getByText("Het bestand staat weer in uw dossier").waitFor()
  await remove()
  await employee.getByRole("link", { name: "Naar de prullenbak" }).click()
  await employee.getByText("nog 30 dagen").waitFor()
  await look(employee, "prullenbak")
  await employee.getByRole("checkbox", { name: "Kies Diploma.pdf" }).check()
  await employee.getByRole("button", { name: "Zet terug" }).click()
  await employee.getByText("De prullenbak is leeg.").waitFor()
  await look(employee, "prullenbak-leeg")
  await toDossier(employer)
  await expect.poll(() => rowOf(employer, "Diploma.pdf").count()).toBe(1)
})

test("a file is marked as read and as unread", async () => {
  await toDossier(employer)
  const mark = async (as: string, count: number) => {
    await employer.getByRole("checkbox", { name: "Kies Diploma.pdf" }).check()
    await employer.getByRole("button", { name: `Markeer als ${as}` }).click()
    await expect.poll(() => rowOf(employer, "Diploma.pdf").getByText("Ongelezen").count()).toBe(count)
  }
  await mark("gelezen", 0)
  await mark("ongelezen", 1)
})

test("the employer asks another office, which accepts, by keyboard alone; the former one has no client any more", async () => {
  await goTo(employer, "Home")
  await employer.getByRole("link", { name: "Administratiekantoor wijzigen" }).waitFor()
  await pressOn(employer, /^Administratiekantoor wijzigen$/)
  await employer.getByRole("heading", { name: "Administratiekantoor", level: 1 }).waitFor()
  await tabTo(employer, /^Klantnummer van het nieuwe kantoor/)
  await employer.keyboard.type("000000")
  await employer.keyboard.press("Enter")
  await employer.getByText("Wij kennen geen kantoor met dit klantnummer.").first().waitFor()
  await tabTo(employer, /^Klantnummer van het nieuwe kantoor/)
  await employer.keyboard.type(next.username)
  await pressOn(employer, /^Zoek dit kantoor$/)
  await employer.getByText(/^Wilt u naar Kantoor/).waitFor()
  await look(employer, "overstap-bevestigen")
  await pressOn(employer, /^Vraag dit kantoor$/)
  await employer.getByText(/^U hebt Kantoor .* gevraagd$/).waitFor()
  await look(employer, "overstap-gevraagd")
  const newOffice = await visit(next.username)
  await goTo(newOffice, "Werkgevers")
  await newOffice.getByText(`${bakery} wil naar uw kantoor`).waitFor()
  await look(newOffice, "overstap-kantoor")
  await pressOn(newOffice, /^Neem aan: Bakkerij/)
  await newOffice.getByRole("dialog").waitFor()
  await pressOn(newOffice, /^Neem aan$/, "Space")
  await newOffice.getByRole("link", { name: bakery }).waitFor()
  await goTo(office, "Werkgevers")
  await expect.poll(() => office.getByText(bakery).count()).toBe(0)
  await employer.reload()
  await employer.getByText(/werkt nu voor u\./).waitFor()
  expect(troubles).toEqual([])
})
