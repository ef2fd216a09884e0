import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PDFDocument, StandardFonts } from "pdf-lib"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { placeFiles } from "#domain/files/place-files.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { asSystem, asSystemOnce, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { storage } from "#platform/storage.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { cookieFor } from "../support/cast.ts"
import { pressOn } from "../support/keyboard.ts"
import { bringInBakers, makeClient, makeOffice, today, viewerFor } from "../support/house.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signedIn, type SignedIn } from "../support/signed-in.ts"

const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")
const folder = mkdtempSync(join(tmpdir(), "loondossier-bekijken-"))

let portal: TestPortal
let browser: Browser
let context: BrowserContext
let page: Page
let employee: Viewer
let colleague: Viewer
/** The colleague's: one that is larger than what lies between two ends of a line, and one after it. */
let large: string[]
let asEmployee: SignedIn
let asColleague: SignedIn
let ids: string[]
let long: Uint8Array

/** The newest first: a long document, a payslip, one with a password, a broken one, a picture. */
const kinds = ["annual-statement", "payslip", "payslip", "payslip", "other"]

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const [first = "", second = ""] = (await bringInBakers(office, employerId)).values()
  employee = await viewerFor("employee", first)
  asEmployee = await signedIn(portal, employee)
  colleague = await viewerFor("employee", second)
  asColleague = await signedIn(portal, colleague)
  long = await pages(29, 40_000)
  const contents = [long, await pages(2), readFileSync(join(import.meta.dirname, "../corpora/pdf/pr6531_2.pdf")), Buffer.from("%PDF-1.7\nkapot"), picture]
  const target = (await keysToWrite(asSystemOnce("demo"), [first])).get(first)
  ids = contents.map(() => newId())
  const files = await Promise.all(
    contents.map(async (bytes, index) => ({
      ...{ id: ids[index] ?? "", dossierId: target?.dossierId ?? "", ownerId: first, audiences: [employerId], kind: kinds[index] ?? "other", year: 2026 },
      ...{ period: index === 0 ? null : 12 - index, periodKind: "month", mediaType: index === 4 ? "image/png" : "application/pdf" },
      ...(await keepBytes(target?.recipient ?? "", new Uint8Array(bytes))),
    })),
  )
  const placing = { employerId, senderId: office.partyId, senderName: "Kantoor Wezelkruid", deliveryId: null, accountId: office.accountId, at: today }
  await asSystem("demo", (tx) => placeFiles(tx, files, placing))
  const theirs = (await keysToWrite(asSystemOnce("demo"), [second])).get(second)
  large = [newId(), newId()]
  const forColleague = await Promise.all(
    large.map(async (id, index) => ({
      ...{ id, dossierId: theirs?.dossierId ?? "", ownerId: second, audiences: [employerId], kind: "payslip", year: 2026, period: 12 - index, periodKind: "month", mediaType: "application/xml" },
      ...(await keepBytes(theirs?.recipient ?? "", new Uint8Array(index === 0 ? 24_000_000 : 1000))),
    })),
  )
  await asSystem("demo", (tx) => placeFiles(tx, forColleague, placing))
  browser = await openBrowser()
  context = await newVisitor(browser)
  const [name = "", value = ""] = (await cookieFor(employee)).split(/=(.*)/s)
  await context.addCookies([{ name, value, url: portal.url }])
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await closeDatabase()
  await portal?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function pages(count: number, padding = 0): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let nr = 1; nr <= count; nr += 1) {
    const sheet = pdf.addPage(nr === 2 ? [842, 595] : [595, 842])
    sheet.drawText(`Dit is blad ${nr}`, { x: 60, y: 500, size: 24, font })
    if (padding > 0) pdf.context.register(pdf.context.stream(new Uint8Array(padding).map((_, at) => (at * nr * 7919) % 251)))
  }
  return pdf.save()
}

const accessible = () => axeFindings(page, page.url())

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const at = (id: string | undefined, how = "view") => `/api/files/${id}?how=${how}`

describe("a file over HTTP", () => {
  test("is given in ranges that fit together, past the end it is 416 with its size, and the rest of the world gets nothing", async () => {
    const size = long.length
    const parts = await Promise.all([[0, 99_999], [100_000, 600_000], [600_001, ""]].map(([from, to]) => asEmployee(at(ids[0]), { headers: { Range: `bytes=${from}-${to}` } })))
    expect(parts.map((one) => [one.status, one.headers.get("content-range"), one.headers.get("accept-ranges")])).toEqual([
      [206, `bytes 0-99999/${size}`, "bytes"], [206, `bytes 100000-600000/${size}`, "bytes"], [206, `bytes 600001-${size - 1}/${size}`, "bytes"],
    ])
    const bytes = await Promise.all(parts.map((one) => one.arrayBuffer()))
    expect(hash(Buffer.concat(bytes.map((one) => Buffer.from(one))))).toBe(hash(long))
    const past = await asEmployee(at(ids[0]), { headers: { Range: `bytes=${size}-` } })
    expect([past.status, past.headers.get("content-range"), await past.text()]).toEqual([416, `bytes */${size}`, ""])
    const asWhole: Record<string, string>[] = [{ Range: "bytes=0-1,5-6" }, { Range: "bytes=9-1" }, { Range: "bytes=0-1", "If-Range": "x" }]
    for (const headers of asWhole) {
      const whole = await asEmployee(at(ids[0]), { headers })
      expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, size])
    }
    expect((await asColleague(at(ids[0]), { headers: { Range: "bytes=0-1" } })).status).toBe(404)
  })

  test("is only shown on the page when it is a PDF or a picture", async () => {
    const shown = await asEmployee(at(ids[4]))
    expect([shown.headers.get("content-type"), shown.headers.get("content-disposition"), shown.headers.get("content-security-policy")]).toEqual([
      "image/png", expect.stringMatching(/^inline;.*\.png"/), "default-src 'none'; sandbox",
    ])
  })
})

describe("several files in one zip", () => {
  const form = (list: readonly (string | undefined)[]) => ({ method: "POST", body: new Uint8Array(Buffer.from(list.map((id) => `bestand=${id}`).join("&"))), headers: { "Content-Type": "application/x-www-form-urlencoded" } })

  test("come whole, under the names of the screen, as unzip reads them", async () => {
    const answer = await asEmployee(`/api/files/zip?yearOf=${ids[1]}`)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"])
    expect(answer.headers.get("content-disposition")).toContain('filename="Loon-bestanden 2026.zip"')
    writeFileSync(join(folder, "jaar.zip"), bytes)
    execFileSync("unzip", ["-q", "jaar.zip", "-d", "jaar"], { cwd: folder })
    expect(readdirSync(join(folder, "jaar")).toSorted()).toEqual(["Jaaropgave 2026.pdf", "Loonstrook - november 2026.pdf", "Loonstrook - oktober 2026.pdf", "Loonstrook - september 2026.pdf", "Overig 2026.png"])
    expect(hash(readFileSync(join(folder, "jaar/Jaaropgave 2026.pdf")))).toBe(hash(long))
  })

  test("are refused in a sentence when they are too many, none, or not all in sight", async () => {
    const many = await asEmployee("/api/files/zip", form(Array.from({ length: 5000 }, newId)))
    expect([many.status, await many.json()]).toMatchObject([422, { code: "zip-too-many", message: expect.stringContaining("1.000") }])
    expect((await asEmployee("/api/files/zip", form([]))).status).toBe(422)
    expect((await asColleague("/api/files/zip", form(ids))).status).toBe(404)
    expect((await asEmployee("/api/files/zip", form([...ids, newId()]))).status).toBe(404)
    const chosen = await asEmployee("/api/files/zip", form(ids.slice(1, 3)))
    expect([chosen.status, (await chosen.arrayBuffer()).byteLength]).toEqual([200, expect.any(Number)])
    const onPage = await asEmployee("/api/files/zip", { ...form([]), headers: { ...form([]).headers, "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "same-origin" } })
    expect([onPage.status, onPage.headers.get("location")]).toEqual([303, "/downloaden?melding=zip-empty"])
  })

  test("with a damaged one among them break off, and are never taken for whole", async () => {
    const key = await asSystem("operate", (tx) => tx.dossierFile.findUnique({ where: { id: ids[0] ?? "" }, select: { storageKey: true } }))
    const store = await storage()
    const sealed = new Uint8Array(await new Response(await store.get(key?.storageKey ?? "")).arrayBuffer())
    const damaged = Uint8Array.from(sealed)
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    await store.put(key?.storageKey ?? "", damaged)
    const answer = await asEmployee(`/api/files/zip?yearOf=${ids[1]}`)
    await expect(answer.arrayBuffer()).rejects.toThrow()
    await store.put(key?.storageKey ?? "", sealed)
  })

  test("are no longer opened when who asked has gone", async () => {
    const counted = () => Promise.all(large.map(async (fileId) => (await viewOpenings(colleague, { fileId, page: 1 })).total))
    const cookie = await cookieFor(colleague)
    await new Promise<void>((resolve) => {
      const asked = request(new URL(`/api/files/zip?yearOf=${large[0]}`, portal.url), { headers: { cookie } }, (answer) => answer.once("data", () => (asked.destroy(), resolve())))
      asked.on("error", () => undefined)
      asked.end()
    })
    expect((await asColleague("/werknemer/dossier")).status).toBe(200)
    expect(await counted()).toEqual([1, 0])
  })
})

describe("by keyboard alone", () => {
  const spot = () => page.getByRole("spinbutton", { name: "Bladzijde" }).inputValue()

  test("a long document is read, enlarged, left for the next one and found back", async () => {
    await page.goto(`${portal.url}/werknemer/dossier`)
    await pressOn(page, /^Bekijk Jaaropgave 2026$/)
    await page.getByText("Dit is blad 1", { exact: true }).waitFor()
    expect(await accessible()).toEqual([])
    await page.keyboard.press("ArrowRight")
    await expect.poll(spot).toBe("2")
    await page.keyboard.press("End")
    await page.getByText("Dit is blad 29", { exact: true }).waitFor()
    await page.keyboard.press("Home")
    await expect.poll(spot).toBe("1")
    const width = () => page.locator(".sheet-of-paper").first().evaluate((sheet) => sheet.getBoundingClientRect().width)
    const fitting = await width()
    await page.keyboard.press("+")
    await expect.poll(width).toBeGreaterThan(fitting)
    await page.keyboard.press("0")
    await expect.poll(width).toBe(fitting)
    await page.keyboard.press("j")
    await page.getByRole("heading", { name: "Loonstrook - november 2026", level: 1 }).waitFor()
    // Its first sheet is there once the page listens.
    await page.locator(".sheet-of-paper").first().waitFor()
    await page.keyboard.press("k")
    await page.getByRole("heading", { name: "Jaaropgave 2026", level: 1 }).waitFor()
    await page.getByRole("heading", { name: "Wie heeft dit geopend?" }).waitFor()
    expect(await page.getByRole("row", { name: /bekeken/ }).count()).toBeGreaterThan(0)
  })

  test("all its pages and nothing else are printed, from the page itself", async () => {
    await page.getByText("Dit is blad 1", { exact: true }).waitFor()
    await page.evaluate("window.print = () => { document.title = 'klaar om af te drukken' }")
    await page.keyboard.press("p")
    await expect.poll(() => page.title()).toBe("klaar om af te drukken")
    const paper = await PDFDocument.load(await page.pdf({ preferCSSPageSize: true }))
    expect(paper.getPageCount()).toBe(29)
    expect(context.pages().length).toBe(1)
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(await page.locator(".print-sheets").count()).toBe(0)
  })

  test("its text is selected and copied", async () => {
    await page.getByText("Dit is blad 1", { exact: true }).evaluate((line) => getSelection()?.selectAllChildren(line))
    expect(await page.evaluate("String(getSelection())")).toBe("Dit is blad 1")
  })
})

describe("what cannot be shown", () => {
  test.each([[2, nl.ui.pdf.locked, "beveiligd"], [3, nl.ui.pdf.broken, "kapot"]])("file %i says why, with the download", async (index, sentence, name) => {
    await page.goto(`${portal.url}/werknemer/bestanden/${ids[index]}`)
    await page.getByRole("alert").getByText(sentence).waitFor()
    await page.getByRole("alert").getByRole("link", { name: "Downloaden" }).waitFor()
    await shoot(page, `bekijken-${name}`)
    expect(await accessible()).toEqual([])
  })
})

test("a picture is shown on the page, larger and smaller", async () => {
  await page.goto(`${portal.url}/werknemer/bestanden/${ids[4]}`)
  const shown = page.getByRole("img", { name: "Overig 2026" })
  await shown.waitFor()
  const width = () => shown.evaluate((one) => one.getBoundingClientRect().width)
  const before = await width()
  await page.getByRole("button", { name: "Groter" }).click()
  await expect.poll(width).toBeGreaterThan(before)
  expect(await accessible()).toEqual([])
})

test("on a phone two fingers make it larger, and the page does not scroll sideways", async () => {
  const phone = await browser.newContext({ locale: "nl-NL", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })
  await phone.addCookies(await context.cookies())
  const small = await phone.newPage()
  await small.goto(`${portal.url}/werknemer/bestanden/${ids[1]}`)
  await small.getByText("Dit is blad 1", { exact: true }).waitFor()
  const sheet = small.locator(".sheet-of-paper").first()
  const width = () => sheet.evaluate((one) => one.getBoundingClientRect().width)
  const fitting = await width()
  const session = await phone.newCDPSession(small)
  const fingers = (gap: number) => [{ x: 195 - gap, y: 500 }, { x: 195 + gap, y: 500 }]
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(40) })
  for (const gap of [60, 80, 100]) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(gap) })
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
  await expect.poll(width).toBeGreaterThan(fitting * 2)
  expect(await small.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true)
  await small.screenshot({ path: join(import.meta.dirname, "../../.output/screens/bekijken-geknepen.png") })
  await phone.close()
})

test("the first sight of a dossier takes less than 130 kB of JavaScript over the wire", async () => {
  const first = await newVisitor(browser)
  await first.addCookies(await context.cookies())
  const fresh = await first.newPage()
  const session = await first.newCDPSession(fresh)
  const scripts = new Set<string>()
  let bytes = 0
  session.on("Network.responseReceived", ({ type, requestId }) => type === "Script" && scripts.add(requestId))
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => (bytes += scripts.has(requestId) ? encodedDataLength : 0))
  await session.send("Network.enable")
  await fresh.goto(`${portal.url}/werknemer/dossier`, { waitUntil: "networkidle" })
  await first.close()
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(130_000)
})

test("a year is downloaded from the dossier, and a selection that is refused says why on a page", async () => {
  await page.goto(`${portal.url}/werknemer/dossier`)
  await shoot(page, "dossier-download-jaar")
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download dit jaar" }).click()])
  expect(download.suggestedFilename()).toBe("Loon-bestanden 2026.zip")
  await download.saveAs(join(folder, "download.zip"))
  execFileSync("unzip", ["-tq", "download.zip"], { cwd: folder })
  await page.goto(`${portal.url}/downloaden?melding=zip-too-many`)
  await page.getByText("U kunt hooguit 1.000 bestanden tegelijk downloaden.").waitFor()
  await shoot(page, "downloaden-geweigerd")
  expect(await accessible()).toEqual([])
})
