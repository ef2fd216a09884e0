import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"

let portal: TestPortal
let browser: Browser
let page: Page
let delivery: string
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const { onePage } = await import("../support/one-page.ts")
  const { cookieFor } = await import("../support/cast.ts")
  const office = await house.makeOffice()
  const bakery = await house.makeClient(office)
  await house.bringInBakers(office, bakery)
  delivery = await house.startWith(office, bakery, "maart", ["loonstroken-maart-2026.pdf"])
  await house.drop(office, delivery, "zonder-naam.pdf", await onePage("Loonstrook maart 2026"))
  const [name = "", value = ""] = (await cookieFor(office)).split(/=(.*)/s)
  await closeDatabase()
  browser = await openBrowser()
  page = await watchedPage(browser, troubles)
  await page.context().addCookies([{ name, value, url: portal.url }])
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const rowOf = (table: string, words: string | RegExp) => page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: words })
const firstPerson = () => rowOf("Per werknemer", /blz/).first()

test("a document that waits is dragged onto somebody: it opens with that person filled in, and is saved there", async () => {
  await page.goto(`${portal.url}/kantoor/zendingen/${delivery}`)
  const [number = "", name = ""] = await firstPerson().getByRole("cell").allInnerTexts()
  const waiting = rowOf("Wacht op u", "Toewijzen")
  const before = await rowOf("Per werknemer", name).count()
  await shoot(page, "zending-slepen")
  await waiting.dragTo(firstPerson())
  await page.getByText(`U sleepte dit naar ${name}.`).waitFor()
  expect(await page.getByLabel("Werknemer", { exact: true }).locator("option:checked").innerText()).toBe(`${name} (${number})`)
  expect(await axeFindings(page, "dragged")).toEqual([])
  await shoot(page, "zending-gesleept")
  await page.getByRole("button", { name: "Wijs toe" }).click()
  await page.getByRole("table", { name: "Per werknemer" }).waitFor()
  expect(await page.getByRole("table", { name: "Wacht op u" }).count()).toBe(0)
  expect(await rowOf("Per werknemer", name).count()).toBe(before + 1)
})

test("a document that stands at the wrong person is dragged to another; let go beside a row nothing happens", async () => {
  const people = page.getByRole("table", { name: "Per werknemer" }).getByRole("row")
  const [from, to] = [people.nth(1), people.nth(4)]
  const name = (await to.getByRole("cell").allInnerTexts())[1] ?? ""
  await from.dragTo(page.getByRole("heading", { level: 1 }))
  expect(page.url()).not.toContain("als=")
  await from.dragTo(to)
  await page.getByText(`U sleepte dit naar ${name}.`).waitFor()
  await page.getByRole("button", { name: "Wijziging opslaan" }).waitFor()
})

test("nothing went wrong in any of these pages", () => {
  expect(troubles).toEqual([])
})
