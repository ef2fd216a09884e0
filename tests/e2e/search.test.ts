import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { pressOn, pressUntil } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { goTo, signIn } from "./steps.ts"

const password = "zeven groene fietsen"

let portal: TestPortal
let browser: Browser
let context: BrowserContext
let page: Page
let office: string

beforeAll(async () => {
  portal = await startPortal({ withDemo: true })
  office = /administratiekantoor[^\n]*?(\d{6})/.exec(portal.printed())?.[1] ?? ""
  browser = await openBrowser()
  context = await newVisitor(browser)
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const findsNothingWrong = async (on: Page) => expect(await axeFindings(on, on.url())).toEqual([])

describe("searching, by keyboard", () => {
  test("\"/\" goes to the search over everything, and what is typed is sought at once", async () => {
    await signIn(page, portal, office, password)
    await pressUntil(page, "/", page.getByRole("heading", { name: "Zoeken", level: 1 }))
    await page.locator("[data-find]:focus").waitFor()
    // A slow page hears the key after it was pressed once more: then that stands in the field.
    await page.keyboard.press("ControlOrMeta+A")
    await page.keyboard.type("loonstrook maart")
    await page.getByRole("heading", { name: /bestanden gevonden$/ }).waitFor()
    await expect.poll(() => page.url()).toContain("q=loonstrook+maart")
    expect(await page.getByRole("listitem").getByRole("link", { name: /^Loonstrook - maart/ }).count()).toBeGreaterThan(0)
    await findsNothingWrong(page)
    await shoot(page, "kantoor-zoeken")
    await pressOn(page, /^Loonstrook - maart/)
    await page.getByRole("heading", { name: /^Loonstrook - maart/, level: 1 }).waitFor()
  })

  test("a word inside a PDF is found, with the place where it stands, marked", async () => {
    await expect.poll(async () => {
      await page.goto(`${portal.url}/kantoor/zoeken?q=loonheffing`)
      return page.locator("mark").count()
    }, { timeout: 120_000, interval: 1000 }).toBeGreaterThan(0)
    expect((await page.locator("mark").first().innerText()).toLowerCase()).toContain("loonheffing")
    expect(await page.getByRole("main").innerText()).not.toMatch(/\d{9}/)
    await findsNothingWrong(page)
    await shoot(page, "kantoor-zoeken-in-tekst")
  })

  test("what is typed is text and never markup; a BSN leaves the address; nothing found says so", async () => {
    await page.goto(`${portal.url}/kantoor/zoeken?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`)
    await page.getByRole("heading", { name: "Niets gevonden" }).waitFor()
    expect(await page.locator("main img").count()).toBe(0)
    await shoot(page, "kantoor-zoeken-niets")
    await page.goto(`${portal.url}/kantoor/zoeken?q=999990019`)
    await page.getByText("Zoek niet op een BSN").waitFor()
    expect(page.url()).not.toMatch(/\d{9}/)
  })

  test("the employees are sought, sifted and sorted, and the address keeps it", async () => {
    await goTo(page, "Werkgevers")
    await page.getByRole("searchbox", { name: "Zoek in Alle werkgevers" }).waitFor()
    await findsNothingWrong(page)
    await shoot(page, "kantoor-werkgevers-lijst")
    await page.getByRole("table", { name: "Werkgevers" }).getByRole("link").filter({ hasNotText: /Naam|Nummer|Plaats/ }).first().click()
    await page.getByRole("link", { name: /werknemers/i }).and(page.locator("main a[href$='/werknemers']")).first().click()
    const table = page.getByRole("table", { name: "Werknemers" })
    await table.waitFor()
    const before = await table.getByRole("row").count()
    await page.getByRole("searchbox", { name: "Zoek in Alle werknemers" }).fill("zzzz")
    await page.getByText("Niets gevonden.", { exact: true }).waitFor()
    await page.getByRole("searchbox", { name: "Zoek in Alle werknemers" }).fill("")
    await expect.poll(() => table.getByRole("row").count()).toBe(before)
    await page.getByRole("columnheader", { name: "Nr" }).getByRole("link").click()
    await expect.poll(() => page.url()).toContain("op=nr")
    await page.getByRole("navigation", { name: "Toon wie" }).getByRole("link").nth(1).click()
    await expect.poll(() => page.url()).toMatch(/toegang=.*op=nr/)
    await findsNothingWrong(page)
    await shoot(page, "kantoor-werknemers-lijst")
  })
})

test("without JavaScript the same field finds the same", async () => {
  const plain = await browser.newContext({ locale: "nl-NL", javaScriptEnabled: false, storageState: await context.storageState() })
  const still = await plain.newPage()
  await still.goto(`${portal.url}/kantoor`)
  await still.getByRole("link", { name: "Zoeken", exact: true }).click()
  await still.getByRole("searchbox", { name: "Zoek in alles wat u kunt zien" }).fill("loonstrook mrt")
  await still.getByRole("button", { name: "Zoek", exact: true }).click()
  await still.getByRole("heading", { name: /bestanden gevonden$/ }).waitFor()
  expect(await still.getByRole("listitem").getByRole("link", { name: /^Loonstrook - maart/ }).count()).toBeGreaterThan(0)
  await plain.close()
})
