import { createHash, randomBytes } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { acceptEmployer } from "#domain/moves/accept-employer.ts"
import { chooseOffice, confirmOffice, viewOfficeChoice } from "#domain/moves/ask-office.ts"
import { viewBackups } from "#domain/package-backups/view-backups.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { openBadLine, type BadLine } from "../support/bad-line.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { cookieFor } from "../support/cast.ts"
import { makeClient, makeOffice, makeSelfRunning, viewerFor } from "../support/house.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { patch, placeOf } from "../support/tus.ts"
import { signedIn } from "../support/signed-in.ts"

let portal: TestPortal
let browser: Browser
let context: BrowserContext
let page: Page
let line: BadLine
let office: Viewer
let client: string
let here: string
const folder = mkdtempSync(join(tmpdir(), "back-ups-"))
const words = nl.backups
const year = new Date().getFullYear()

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  office = await makeOffice()
  client = await makeClient(office)
  here = `/kantoor/werkgevers/${client}/back-ups`
  line = await openBadLine(portal.url)
  browser = await openBrowser()
  context = await newVisitor(browser)
  await comeIn(context, office)
  page = await context.newPage()
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await line?.stop()
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function comeIn(visitor: BrowserContext, viewer: Viewer): Promise<void> {
  const [name = "", value = ""] = (await cookieFor(viewer)).split(/=(.*)/s)
  await visitor.addCookies([{ name, value, url: portal.url }])
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const row = (name: string) => page.getByRole("row", { name: new RegExp(name) })
const kept = async (employerId = client, viewer = office) => (await viewBackups(viewer, { employerId, year }, new Date())).kept

async function send(name: string, bytes: Uint8Array, description = ""): Promise<void> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  await page.getByLabel(words.file, { exact: true }).setInputFiles(path)
  await page.getByRole("textbox", { name: words.describe, exact: true }).fill(description)
  await page.getByRole("button", { name: words.send, exact: true }).click()
}

test("an office sends a back-up of its client over a line that breaks; it goes on, is read by the portal, and comes back as it was", async () => {
  await page.goto(`${line.url}/kantoor/werkgevers/${client}`)
  await page.locator("#inhoud").getByRole("link", { name: nl.clients.backups, exact: true }).click()
  await page.getByText(words.empty.replace("{year}", String(year))).waitFor()
  const bytes = randomBytes(6_000_000)
  const half = line.holdAfter(3_000_000)
  await send("LB005359.lda", bytes, "Voor de run van maart")
  await half
  line.cut()
  line.release()
  await page.getByText(words.doneLead).first().waitFor()
  await row("LB005359.lda").waitFor()
  expect(await kept()).toMatchObject([{ name: "LB005359.lda", description: "Voor de run van maart", sha256: sha256(bytes), length: bytes.length }])
  const coming = page.waitForEvent("download")
  await page.getByRole("link", { name: words.downloadOf.replace("{name}", "LB005359.lda") }).click()
  expect((await readFile(await (await coming).path())).equals(bytes)).toBe(true)
})

test("five are kept of the year and the sixth takes the place of the oldest, but not of one that is pinned", async () => {
  await page.getByRole("button", { name: words.pin, exact: true }).click()
  await page.getByRole("button", { name: words.unpin, exact: true }).waitFor()
  for (const name of ["b.lda", "c.lda", "d.lda", "e.lda", "f.lda", "g.lda"]) {
    await send(name, Buffer.from(name))
    await row(name).waitFor()
  }
  expect((await kept()).map(({ name }) => name)).toEqual(["g.lda", "f.lda", "e.lda", "d.lda", "c.lda", "LB005359.lda"])
  expect(await axeFindings(page, "back-ups")).toEqual([])
  await shoot(page, "back-ups")
})

test("a description is changed, a reminder set and a back-up deleted, each where it is asked", async () => {
  await page.getByRole("button", { name: words.describeOf.replace("{name}", "c.lda") }).click()
  const dialog = page.getByRole("dialog", { name: words.describeTitle })
  await dialog.getByRole("textbox").fill("Na de run")
  await dialog.getByRole("button", { name: words.save }).click()
  await row("c.lda").getByText("Na de run").waitFor()
  await dialog.waitFor({ state: "hidden" })
  await page.getByRole("button", { name: words.describeOf.replace("{name}", "c.lda") }).click()
  await dialog.getByRole("button", { name: words.save }).click()
  await dialog.waitFor({ state: "hidden" })
  await page.getByLabel(words.days).fill("400")
  const reminder = page.locator("#herinnering")
  await reminder.getByRole("button", { name: words.save }).click()
  await reminder.getByText(nl.errors["backup-days"].replace("{most}", "366")).first().waitFor()
  await page.getByLabel(words.days).fill("7")
  await reminder.getByRole("button", { name: words.save }).click()
  await reminder.getByText(words.saved).waitFor()
  await page.getByRole("button", { name: words.removeOf.replace("{name}", "d.lda") }).click()
  const sure = page.getByRole("dialog", { name: words.removeTitle })
  await shoot(page, "back-up-verwijderen")
  await sure.getByRole("button", { name: words.remove, exact: true }).click()
  await row("d.lda").waitFor({ state: "detached" })
  expect([(await kept()).length, (await viewBackups(office, { employerId: client }, new Date())).reminderDays]).toEqual([5, 7])
})

test("without JavaScript a form takes it in, and tells what it does not take", async () => {
  const plain = await browser.newContext({ locale: "nl-NL", javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await plain.addCookies(await context.cookies())
  const still = await plain.newPage()
  await still.goto(`${portal.url}${here}`)
  const give = async (name: string, bytes: Buffer) => {
    await still.getByLabel(words.file, { exact: true }).setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes })
    await still.getByRole("button", { name: words.send, exact: true }).click()
  }
  await give("zonder.lda", Buffer.from("zonder script"))
  await still.getByText(words.plainDone).waitFor()
  await expect.poll(async () => (await kept()).map(({ name, sha256: sum }) => [name, sum])[0]).toEqual(["zonder.lda", sha256(Buffer.from("zonder script"))])
  await give("leeg.lda", Buffer.alloc(0))
  await still.getByText(nl.errors["upload-empty"]).waitFor()
  expect((await kept())[0]?.name).toBe("zonder.lda")
  await plain.close()
})

test("an employer that runs payroll itself finds Back-ups in its menu; what lies about its checksum is refused there, with a sentence", async () => {
  const employer = await makeSelfRunning("999990032L01")
  const as = await signedIn(portal, employer)
  const word = (name: string, value: string) => `${name} ${Buffer.from(value).toString("base64")}`
  const headers = { "Tus-Resumable": "1.0.0", "Upload-Length": "3", "Upload-Metadata": [word("filename", "vals.lda"), word("year", String(year)), word("sha256", "0".repeat(64))].join(",") }
  const begun = await as("/api/backups", { method: "POST", headers })
  expect([begun.status, (await patch(as, placeOf(begun), 0, Buffer.from("abc"))).status]).toEqual([201, 204])
  const visitor = await newVisitor(browser)
  await comeIn(visitor, employer)
  const own = await visitor.newPage()
  await own.goto(`${portal.url}/werkgever`)
  await own.getByRole("navigation", { name: "Hoofdmenu" }).getByRole("link", { name: nl.nav["back-ups"] }).first().click()
  await own.getByText(nl.errors["backup-changed"]).waitFor()
  expect(await axeFindings(own, "eigen back-ups")).toEqual([])
  await shoot(own, "back-ups-werkgever")
  expect(await kept(employer.partyId, employer)).toEqual([])
  await visitor.close()
})

test("of a client that left the office still has its own back-ups, and until when; it brings one back and deletes one", async () => {
  const former = await viewerFor("employer", client)
  const next = await makeOffice()
  await chooseOffice(former, { clientNumber: next.username }, new Date())
  const moveId = (await viewOfficeChoice(former)).move?.id ?? ""
  await confirmOffice(former, { moveId }, new Date())
  await acceptEmployer(next, { moveId }, new Date())
  expect((await page.goto(`${portal.url}${here}`))?.status()).toBe(404)
  await page.goto(`${portal.url}/kantoor/back-ups`)
  const section = page.locator("#vroeger")
  await section.getByText(words.formerLead).waitFor()
  const coming = page.waitForEvent("download")
  await section.getByRole("link", { name: words.downloadOf.replace("{name}", "g.lda") }).click()
  expect((await readFile(await (await coming).path())).toString()).toBe("g.lda")
  expect(await axeFindings(page, "vroegere back-ups")).toEqual([])
  await shoot(page, "back-ups-vroeger")
  await section.getByRole("button", { name: words.removeOf.replace("{name}", "f.lda") }).click()
  await page.getByRole("dialog", { name: words.removeTitle }).getByRole("button", { name: words.remove, exact: true }).click()
  await section.getByRole("row", { name: /f\.lda/ }).waitFor({ state: "detached" })
  expect(await section.getByRole("row", { name: /g\.lda/ }).count()).toBe(1)
})
