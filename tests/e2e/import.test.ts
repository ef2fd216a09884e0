import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { chooseFiles, pressOn, tabTo } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { workbook, type WorkbookCell } from "../support/workbook.ts"
import { signIn } from "./steps.ts"

let portal: TestPortal
let browser: Browser
let page: Page
let folder: string
let address: string
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const office = await house.makeOffice()
  const employerId = await house.makeClient(office)
  const people = ["nummer;voorletters;achternaam;geboortedatum;bsn;in dienst;uit dienst", "7;N;Bakker;16-04-1986;999967216;01-02-2020;31-12-2024", "8;K;Vries;03-11-1998;999920960;01-02-2020;"]
  await house.bringIn(office, employerId, "csv", new TextEncoder().encode(people.join("\n")))
  await closeDatabase()
  address = `${portal.url}/kantoor/werkgevers/${employerId}/werknemers`
  folder = await mkdtemp(join(tmpdir(), "inlezen-"))
  browser = await openBrowser()
  page = await (await newVisitor(browser)).newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
  await signIn(page, portal, office.username, house.goodPassword)
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function book(name: string, ...rows: (readonly WorkbookCell[])[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, workbook([{ name: "Toelichting", rows: [["Deze lijst komt uit ons eigen systeem"], ["Vragen? Bel de administratie"]] }, { name: "Team", rows: [["Code", "Wie", "Geb. dag", "Burgernr", "Mailtje", "Team"], ...rows] }]))
  return path
}

/** Chooses a field for a column by typing its first letters, as a keyboard does. */
async function choose(column: string, field: string): Promise<void> {
  await tabTo(page, new RegExp(`^Wat staat er in ${column}\\?$`))
  await page.keyboard.type(field)
  expect(await page.getByLabel(`Wat staat er in ${column}?`).locator("option:checked").innerText()).toBe(field)
}

const rowOf = (table: string, words: string) => page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: words })

test("an office brings in a workbook by keyboard: it chooses the file and the sheet, says what the columns hold, looks and confirms", async () => {
  const file = await book("team.xlsx", ["12", "Bakker", { day: 31_518 }, 999967216, "nora@werk.test", "Oven"], ["13", "Jansen", { day: 33_000 }, 999907190, "an@werk.test", "Winkel"])
  await page.goto(`${address}/importeren`)
  await chooseFiles(page, /^Bestand$/, [file])
  expect(await page.getByLabel("Excel-bestand (XLSX)").isChecked()).toBe(true)
  await pressOn(page, /^Bekijk wat er verandert$/)
  await page.getByRole("status").getByText("Welke kolom is wat?").waitFor()
  await tabTo(page, /^Blad$/)
  await page.keyboard.type("Team")
  await shoot(page, "inlezen-blad")
  await pressOn(page, /^Toon dit blad$/)
  await page.getByLabel("Wat staat er in Mailtje?").waitFor()
  expect(await page.getByLabel("Wat staat er in Burgernr?").locator("option:checked").innerText()).toBe("BSN")
  expect(await page.getByRole("main").innerText()).not.toMatch(/9999\d{5}/)
  await choose("Code", "personeelsnummer")
  await choose("Wie", "achternaam")
  await shoot(page, "inlezen-kolommen")
  expect(await axeFindings(page, "de kolommen")).toEqual([])
  await pressOn(page, /^Bekijk wat er verandert$/)
  await page.getByRole("heading", { name: /^Terug in dienst\?/ }).waitFor()
  expect(await rowOf("Nieuw", "Jansen").count()).toBe(1)
  expect(await rowOf("Niet in dit bestand", "Vries").count()).toBe(1)
  await tabTo(page, /^Hoe leest u nummer 12 in\?$/)
  await page.keyboard.type("Zelfde")
  await shoot(page, "inlezen-terug")
  expect(await axeFindings(page, "wat er verandert")).toEqual([])
  await pressOn(page, /^Inlezen$/)
  await page.getByText("1 werknemer is toegevoegd en 1 is gewijzigd.").waitFor()
  await page.goto(address)
  await page.getByRole("link", { name: /Jansen/ }).first().waitFor()
  expect(await page.getByRole("row").filter({ hasText: "Bakker" }).innerText()).toContain("12")
})

test("the next workbook with the same columns comes in without a question, and its columns can be changed from there", async () => {
  const file = await book("april.xlsx", ["12", "Bakker", { day: 31_518 }, 999967216, "nora@werk.test", "Oven"], ["13", "Jansen", { day: 33_000 }, 999907190, "anna@werk.test", "Winkel"])
  await page.goto(`${address}/importeren`)
  await page.getByLabel("Bestand", { exact: true }).setInputFiles(file)
  await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
  await page.getByText("e-mailadres: an@werk.test wordt anna@werk.test").waitFor()
  await shoot(page, "inlezen-verandert")
  await page.getByRole("button", { name: "Kolommen aanpassen" }).click()
  await page.getByLabel("Wat staat er in Mailtje?").selectOption("Overslaan")
  await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
  await page.getByText("Dit bestand verandert niets").waitFor()
})

test("two columns that are said to be one field are refused with a sentence, and what was chosen stays", async () => {
  await page.getByRole("button", { name: "Kolommen aanpassen" }).click()
  await page.getByLabel("Wat staat er in Team?").selectOption("achternaam")
  await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
  await page.getByText("U hebt twee kolommen hetzelfde genoemd.").first().waitFor()
  expect(await page.getByLabel("Wat staat er in Team?").locator("option:checked").innerText()).toBe("achternaam")
})

test("who is not in the file gets a last day at work, when one is filled in", async () => {
  const file = await book("mei.xlsx", ["13", "Jansen", { day: 33_000 }, 999907190, "an@werk.test", "Winkel"])
  await page.goto(`${address}/importeren`)
  await page.getByLabel("Bestand", { exact: true }).setInputFiles(file)
  await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
  await page.getByLabel("Uit dienst per, voor Vries, K (8)").fill("2026-01-31")
  await page.getByRole("button", { name: "Inlezen", exact: true }).click()
  await page.getByText("Niemand is toegevoegd en 1 is gewijzigd.").waitFor()
  expect(troubles).toEqual([])
})
