import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { isSigned, openReceiver } from "../domain/webhooks/receiver.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signIn } from "./steps.ts"

let portal: TestPortal
let browser: Browser
let page: Page
let receiver: Awaited<ReturnType<typeof openReceiver>>
let secret = ""
const troubles: string[] = []

beforeAll(async () => {
  receiver = await openReceiver()
  portal = await startPortal({ environment: { OUTGOING_LOOPBACK: "yes" } })
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const { makeOffice } = await import("../support/house.ts")
  const office = await makeOffice()
  await closeDatabase()
  browser = await openBrowser()
  page = await (await newVisitor(browser)).newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
  await signIn(page, portal, office.username, "zeven groene fietsen")
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
  await receiver?.close()
})

const heading = (name: string) => page.getByRole("heading", { name, level: 1 })
const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click()
const log = () => page.getByRole("table", { name: "Berichten" })
/** Looks again until the log says this. */
const untilLogSays = (text: RegExp) => expect.poll(async () => {
  await page.reload()
  return log().innerText()
}).toMatch(text)

test("an office adds a webhook, and is shown its secret once", async () => {
  await page.goto(`${portal.url}/kantoor/koppelingen/webhooks`)
  await heading("Webhooks").waitFor()
  await shoot(page, "webhooks-leeg")
  await page.getByLabel("Adres", { exact: true }).fill("http://10.0.0.1:25/")
  await press("Voeg toe")
  await page.getByText("Dit adres kan niet.").first().waitFor()
  expect(await page.getByLabel("Adres", { exact: true }).inputValue()).toBe("http://10.0.0.1:25/")
  await shoot(page, "webhooks-fout")
  expect(await axeFindings(page, "a webhook with a fault")).toEqual([])
  await page.getByLabel("Adres", { exact: true }).fill(receiver.url)
  await press("Voeg toe")
  await page.getByRole("heading", { name: "Uw geheim" }).waitFor()
  secret = await page.getByRole("list", { name: "Geheim" }).innerText()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  await shoot(page, "webhooks-geheim")
  expect(await axeFindings(page, "the secret of a webhook")).toEqual([])
  await page.getByRole("link", { name: "Ik heb het bewaard" }).click()
  await page.getByRole("link", { name: receiver.url }).waitFor()
  expect(await page.content()).not.toContain(secret)
  await shoot(page, "webhooks")
  expect(await axeFindings(page, "webhooks")).toEqual([])
})

test("a test message arrives, signed; one that was not taken in can be sent again", async () => {
  receiver.answerWith((_request, response) => void response.writeHead(503).end("even niet"))
  await page.getByRole("link", { name: receiver.url }).click()
  await heading("Webhook").waitFor()
  await press("Stuur proefbericht")
  await page.getByText("Het bericht is onderweg").waitFor()
  await untilLogSays(/503[\s\S]*even niet/)
  const [ping] = receiver.received
  expect(ping && isSigned(ping, secret)).toBe(true)
  await shoot(page, "webhook-mislukt")
  expect(await axeFindings(page, "a webhook whose message failed")).toEqual([])
  receiver.answerWith((_request, response) => void response.writeHead(204).end())
  const replayed = page.waitForResponse((answer) => answer.request().method() === "POST")
  await press("Stuur opnieuw")
  await replayed
  await untilLogSays(/Aangenomen/)
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
  await shoot(page, "webhook")
})

test("it is stopped, started, and removed", async () => {
  await press("Zet stil")
  await page.getByText("Er gaan geen berichten naartoe").waitFor()
  expect(await page.getByRole("button", { name: "Stuur proefbericht" }).count()).toBe(0)
  await shoot(page, "webhook-stil")
  expect(await axeFindings(page, "a webhook that is stopped")).toEqual([])
  await press("Zet weer aan")
  await page.getByText("De webhook staat weer aan").waitFor()
  await press("Verwijder")
  await page.getByRole("dialog").getByRole("button", { name: "Verwijder", exact: true }).click()
  await page.getByText("De webhook is verwijderd").waitFor()
  expect(troubles.filter((trouble) => !/404/.test(trouble))).toEqual([])
})
