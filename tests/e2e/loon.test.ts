import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { loon, newHome, startLoon } from "../clients/loon/sink.ts"
import { keyOf } from "../support/api.ts"
import { openBadLine } from "../support/bad-line.ts"
import { newVisitor, openBrowser } from "../support/browser.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice } from "../support/house.ts"
import { linesIn, logged } from "../support/portal-log.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { goTo, signIn } from "./steps.ts"

let portal: TestPortal
let browser: Browser
let key: string
let username: string
let people: number
const home = newHome()
const samples = join(import.meta.dirname, "../samples/korenmaat-2026-03")

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const office = await makeOffice()
  username = office.username
  people = (await bringInBakers(office, await makeClient(office))).size
  key = await keyOf(office)
  browser = await openBrowser()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
})

const month = ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf", "journaalpost-maart-2026.pdf", "betaallijst-maart-2026.pdf", "sepa-lonen-maart-2026.xml"]

async function folderOf(names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "maart één "))
  for (const name of names) await copyFile(join(samples, name), join(folder, name))
  return folder
}

test("who signed in once brings a whole month in one order over a line that breaks; it is placed once, goes out, and stands in the portal", async () => {
  const line = await openBadLine(portal.url)
  expect(await loon(["aanmelden", "--adres", line.url], { home, input: `${key}\n` })).toMatchObject({ code: 0, err: "" })
  const folder = await folderOf(month)
  await writeFile(join(folder, "factuur.pdf.exe"), "MZ")
  expect(await loon(["maand", "korenmaat", folder, "--verzend"], { home })).toMatchObject({ code: 2, err: expect.stringContaining("factuur.pdf.exe: geen PDF of XML") })
  const order = ["maand", "korenmaat", folder, "--verzend", "--sla-over", "--json"]
  const killed = startLoon(order, { home })
  await line.holdAfter(20_000)
  killed.child.kill("SIGKILL")
  await killed.ended
  line.cut()
  const cut = startLoon(order, { home })
  await line.holdAfter(20_000)
  line.cut()
  line.release()
  const { code, out } = await cut.ended
  const told = JSON.parse(out)
  expect([code, told.files, told.skipped]).toEqual([0, 5, [{ name: "factuur.pdf.exe", reason: "geen PDF of XML" }]])
  const id: string = told.delivery.id
  expect(await loon(["status", id, "--wacht"], { home })).toMatchObject({ code: 0, out: expect.stringContaining("verzonden op") })
  expect(await asSystem("operate", (tx) => tx.dossierFile.count({ where: { deliveryId: id, kind: "payslip" } }))).toBe(people)
  expect(await asSystem("operate", (tx) => tx.delivery.count())).toBe(1)
  expect(JSON.parse((await loon(order, { home })).out)).toMatchObject({ again: true, delivery: { id, state: "sent" } })
  const page = await (await newVisitor(browser)).newPage()
  await signIn(page, portal, username, goodPassword)
  await goTo(page, "Zendingen")
  await page.getByRole("cell", { name: "Bakkerij De Korenmaat B.V." }).first().waitFor()
  await line.stop()
})

test("200 files go in one order, and what is in there twice is seen before it is sent", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tweehonderd-"))
  const names = Array.from({ length: 200 }, (_one, at) => `betaallijst-${at + 1}.pdf`)
  const bytes = await readFile(join(samples, "betaallijst-maart-2026.pdf"))
  await writeFile(join(folder, "loon.csv"), ["bestand;soort;jaar;periode;personeelsnummer", ...names.map((name, at) => `${name};loonstrook;2026;${(at % 12) + 1};${(at % people) + 1}`)].join("\n"))
  for (const [at, name] of names.entries()) await writeFile(join(folder, name), Buffer.concat([bytes, Buffer.from(`\n% ${at}`)]))
  const { code, out } = await loon(["zet-klaar", "korenmaat", folder, "--json"], { home, url: portal.url, key })
  expect([code, JSON.parse(out).files]).toEqual([0, 200])
  expect((await loon(["verzend", JSON.parse(out).delivery.id, "--droog"], { url: portal.url, key })).code).toBe(6)
})

test("no key stands in a log, and a portal that is gone is exit 4", async () => {
  expect(logged(portal, "web")).not.toContain(key.slice(8, 30))
  expect(linesIn(logged(portal, "web")).filter(({ level }) => level === "error")).toEqual([])
  await portal.stop()
  expect((await loon(["werkgevers"], { url: portal.url, key })).code).toBe(4)
})
