import { createHash } from "node:crypto"
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PDFDocument } from "pdf-lib"
import pg from "pg"
import type { Browser, BrowserContext, Locator, Page } from "playwright-core"
import sharp from "sharp"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openFile } from "#domain/files/open-file.ts"
import { takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { viewFile } from "#domain/files/view-file.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { type BadLine, openBadLine } from "../support/bad-line.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { cookieFor } from "../support/cast.ts"
import { chooserByEnter } from "../support/keyboard.ts"
import { limitFiles } from "../support/full-disk.ts"
import { bringInBakers, bytesOf, makeSelfRunning, viewerFor } from "../support/house.ts"
import { phonePhoto, quarters } from "../support/images.ts"
import { officeParts, packageOf } from "../support/office-documents.ts"
import { streamFrom } from "../support/own-uploads.ts"
import { linesIn, logged } from "../support/portal-log.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signedIn, type SignedIn } from "../support/signed-in.ts"
import { begin, offsetAt, openLine, openPatch, patch, place, placeOf, sendWhole, write } from "../support/tus.ts"

let portal: TestPortal
let owner: pg.Client
let employer: Viewer
let employee: Viewer
let asEmployer: SignedIn
let asColleague: SignedIn
let asOther: SignedIn
let cookie: string
let logFrom = 0

beforeAll(async () => {
  portal = await startPortal({ environment: { DOSSIER_MB: "250" } })
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  owner = new pg.Client({ connectionString: portal.databaseUrl })
  await owner.connect()
  employer = await makeSelfRunning("999990020L01")
  asEmployer = await signedIn(portal, employer)
  asColleague = await signedIn(portal, await viewerFor("employer", employer.partyId))
  asOther = await signedIn(portal, await makeSelfRunning("999990020L02"))
  cookie = await cookieFor(employer)
  logFrom = logged(portal, "web").length
})
afterAll(async () => {
  await owner?.end()
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
})
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const said = async (answer: Response) => [answer.status, (await answer.json()).code]
const bytesAt = async (fileId: string) => Buffer.from(await (await asEmployer(`/api/files/${fileId}`)).arrayBuffer())
/** How far an upload is as this process sees it, which is not the one that takes it in. */
const safe = (at: string) => viewUpload(employer, { uploadId: idOf(at) }, new Date())
const idOf = (at: string) => at.split("/").pop() ?? ""
/** What is kept of uploads and quarantined files; without any of it everything else stands under files/. */
const left = () => readdirSync(join(portal.data, "files"), { withFileTypes: true }).flatMap((one) => (["files", "mark"].includes(one.name) || one.name.startsWith(".") ? [] : readdirSync(join(portal.data, "files", one.name), { recursive: true, withFileTypes: true }).filter((file) => file.isFile())))

describe("an upload over a bad line", () => {
  test("that breaks at many places goes on where it was, and is the file its sender has", async () => {
    const bytes = Buffer.alloc(9_500_000, "loon en werk ")
    const at = placeOf(await begin(asEmployer, bytes.length))
    let offset = 0
    const breaks = () => linesIn(logged(portal, "web").slice(logFrom)).filter(({ code }) => code === "upload-broken-off").length
    for (const cut of [0, 1, 500_000, 5_000_000, 9_499_999]) {
      const [from, before] = [offset, breaks()]
      const { socket } = openPatch(portal, cookie, at, from, bytes.length - from)
      await write(socket, bytes.subarray(from, cut))
      if (cut > 1_000_000) await expect.poll(async () => (await safe(at)).offset).toBeGreaterThan(from + 4_000_000)
      socket.destroy()
      await expect.poll(breaks).toBe(before + 1)
      offset = (await offsetAt(asEmployer, at)) ?? -1
      expect([offset >= from, offset <= cut, cut <= 1_000_000 || offset > 4_000_000]).toEqual([true, true, true])
    }
    expect((await patch(asEmployer, at, offset, bytes.subarray(offset))).headers.get("upload-offset")).toBe(String(bytes.length))
    const placed = await place(asEmployer, [at], { sha256: sha256(bytes) })
    expect([placed.status, sha256(await bytesAt(idOf(at)))]).toEqual([201, sha256(bytes)])
  })

  test("that hangs unnoticed is ended by whoever comes back, and keeps what came in", async () => {
    const at = placeOf(await begin(asEmployer, 9_000_000))
    const { socket, answered } = openPatch(portal, cookie, at, 0, 9_000_000)
    await write(socket, Buffer.alloc(5_000_000, "a"))
    await expect.poll(async () => (await safe(at)).offset).toBeGreaterThan(4_000_000)
    const offset = (await offsetAt(asEmployer, at)) ?? -1
    expect(offset).toBeGreaterThan(4_000_000)
    expect(await answered()).toMatch(/^HTTP\/1\.1 204/)
    expect((await patch(asEmployer, at, offset, Buffer.alloc(9_000_000 - offset, "a"))).status).toBe(204)
    expect((await asEmployer(at, { method: "DELETE" })).status).toBe(204)
  })

  test("from two processes at once: the bytes of one count, the other is told where it is", async () => {
    const length = 9_000_000
    const at = placeOf(await begin(asEmployer, length))
    const { socket, answered } = openPatch(portal, cookie, at, 0, length)
    await write(socket, Buffer.alloc(4_500_000, "a"))
    await expect.poll(async () => (await safe(at)).offset).toBeGreaterThan(4_000_000)
    const { offset } = await safe(at)
    await takeBytes(employer, { uploadId: idOf(at), offset, stream: streamFrom(Buffer.alloc(length - offset, "b")) }, new Date())
    await write(socket, Buffer.alloc(length - 4_500_000, "a"))
    expect(await answered()).toMatch(/^HTTP\/1\.1 409[^]*"upload-offset"/)
    expect((await place(asEmployer, [at])).status).toBe(201)
    const text = (await bytesAt(idOf(at))).toString()
    expect([text.length, text.indexOf("b"), text.lastIndexOf("a")]).toEqual([length, offset, offset - 1])
  })

  test("from two tabs at once is one file, made of whole pieces", async () => {
    const at = placeOf(await begin(asEmployer, 2_000_000))
    const answers = await Promise.all(["a", "b"].map((letter) => patch(asEmployer, at, 0, Buffer.alloc(1_000_000, letter))))
    for (const { status } of answers) expect([204, 400, 409]).toContain(status)
    const offset = (await offsetAt(asEmployer, at)) ?? 0
    await patch(asEmployer, at, offset, Buffer.alloc(2_000_000 - offset, "z"))
    expect((await Promise.all([place(asEmployer, [at]), place(asEmployer, [at])])).map(({ status }) => status)).toEqual([201, 201])
    expect(/^([ab])\1*z+$|^z+$/.test((await bytesAt(idOf(at))).toString())).toBe(true)
  })
})

describe("what is refused, in a sentence and with nothing changed", () => {
  test.each([
    [413, "upload-too-large", 100_000_001],
    [422, "upload-empty", 0],
    [422, "upload-length", ""],
    [422, "upload-length", "-1"],
    [422, "upload-length", "1e3"],
    [422, "upload-length", "veel"],
  ])("%i %s: an upload of %j bytes", async (status, code, length) => {
    const answer = await begin(asEmployer, length)
    expect([answer.status, answer.headers.get("tus-resumable"), await answer.json()]).toMatchObject([status, "1.0.0", { code, message: expect.stringMatching(/\.$/) }])
  })

  test("another version of the protocol, with the one that is spoken", async () => {
    const answer = await begin(asEmployer, 3, "x", { "Tus-Resumable": "0.2.2" })
    expect([answer.status, answer.headers.get("tus-version")]).toEqual([412, "1.0.0"])
  })

  test("bytes at the wrong place, of the wrong kind, or more than were announced", async () => {
    const at = placeOf(await begin(asEmployer, 10))
    expect((await patch(asEmployer, at, 0, Buffer.from("abc"))).status).toBe(204)
    expect(await said(await patch(asEmployer, at, 0, Buffer.from("abc")))).toEqual([409, "upload-offset"])
    expect(await said(await patch(asEmployer, at, 5, Buffer.from("abc")))).toEqual([409, "upload-offset"])
    expect(await said(await patch(asEmployer, at, 3, Buffer.alloc(8)))).toEqual([422, "upload-changed"])
    expect(await said(await patch(asEmployer, at, 99, Buffer.from("abc")))).toEqual([422, "upload-changed"])
    expect(await said(await patch(asEmployer, at, "x", Buffer.from("abc")))).toEqual([415, "upload-content"])
    expect(await said(await patch(asEmployer, at, 3, Buffer.from("abc"), { "Content-Type": "text/plain" }))).toEqual([415, "upload-content"])
    expect(await said(await place(asEmployer, [at]))).toEqual([409, "upload-not-whole"])
    expect(await offsetAt(asEmployer, at)).toBe(3)
  })

  test("a length that lies: more that comes unannounced is not taken, less is a broken line", async () => {
    const at = placeOf(await begin(asEmployer, 10))
    const more = openPatch(portal, cookie, at, 0, "chunked")
    more.socket.write(`64\r\n${"x".repeat(100)}\r\n0\r\n\r\n`)
    expect(await more.answered()).toMatch(/^HTTP\/1\.1 422[^]*"upload-changed"/)
    const behind = openPatch(portal, cookie, at, 0, 4)
    behind.socket.write("abcdDELETE / HTTP/1.1\r\n\r\n")
    expect(await behind.answered()).toMatch(/^HTTP\/1\.1 (204|400)/)
    const offset = await offsetAt(asEmployer, at)
    expect([0, 4]).toContain(offset)
    const large = placeOf(await begin(asEmployer, 2_000_000))
    const flood = await patch(asEmployer, large, 0, Buffer.alloc(9_000_000))
    expect([...(await said(flood)), await offsetAt(asEmployer, large)]).toEqual([422, "upload-changed", 0])
    await asEmployer(large, { method: "DELETE" })
  })

  test("a file that changed while it was sent: nothing is placed, and its upload is gone", async () => {
    const at = placeOf(await begin(asEmployer, 3))
    await patch(asEmployer, at, 0, Buffer.from("abc"))
    const answer = await place(asEmployer, [at], { sha256: sha256(Buffer.from("abd")) })
    expect([answer.status, await answer.json()]).toEqual([422, { code: "upload-changed", message: nl.errors["upload-changed"] }])
    expect([await offsetAt(asEmployer, at), (await asEmployer(`/api/files/${idOf(at)}`)).status]).toEqual([null, 404])
  })

  test("an upload of somebody else, of the same employer too: it is not there, however it is asked", async () => {
    const at = placeOf(await begin(asEmployer, 3))
    for (const as of [asColleague, asOther]) {
      const answers = [await as(at, { method: "HEAD" }), await patch(as, at, 0, Buffer.from("abc")), await patch(as, at, "x", Buffer.from("abc")), await as(at, { method: "DELETE" }), await place(as, [at])]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    }
    expect(await offsetAt(asEmployer, at)).toBe(0)
  })

  test("whoever has no session, one that ended, or comes from another site", async () => {
    const at = placeOf(await begin(asEmployer, 3))
    const ended = await signedIn(portal, employer)
    await owner.query("update session set ended_at = now() where id = (select id from session where account_id = $1 order by id desc limit 1)", [employer.accountId])
    const nobody: SignedIn = (path, request) => asEmployer(path, { ...request, headers: { ...request?.headers, cookie: "" } })
    const foreign: SignedIn = (path, request) => asEmployer(path, { ...request, headers: { ...request?.headers, origin: "https://elders.test", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors" } })
    for (const [as, status] of [[ended, 401], [nobody, 401], [foreign, 403]] as const) {
      const answers = [await begin(as, 3), await as(at, { method: "HEAD" }), await patch(as, at, 0, Buffer.from("abc")), await as(at, { method: "DELETE" }), await place(as, [at]), await form(as, new File(["abc"], "x.txt"))]
      expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(status))
    }
    expect(await offsetAt(asEmployer, at)).toBe(0)
    await asEmployer(at, { method: "DELETE" })
  })

  test.skipIf(process.platform !== "linux")("bytes for which the disk has no room; when there is room again it goes on", async () => {
    const bytes = Buffer.alloc(2_000_000, "vol ")
    const at = placeOf(await begin(asEmployer, bytes.length))
    limitFiles(portal, "web", 1_000_000)
    const answer = await patch(asEmployer, at, 0, bytes)
    expect([...(await said(answer)), await offsetAt(asEmployer, at)]).toEqual([507, "storage-full", 0])
    limitFiles(portal, "web", "unlimited")
    expect((await patch(asEmployer, at, 0, bytes)).status).toBe(204)
    limitFiles(portal, "web", 1_000_000)
    expect(await said(await place(asEmployer, [at]))).toEqual([507, "storage-full"])
    limitFiles(portal, "web", "unlimited")
    expect((await place(asEmployer, [at])).status).toBe(201)
  })

  test("of two that come for the last room at once, one", async () => {
    const answers = await Promise.all([begin(asOther, 100_000_000), begin(asOther, 100_000_000), begin(asOther, 100_000_000)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409])
    const full = answers.find(({ status }) => status === 409)
    expect(await full?.json()).toEqual({ code: "dossier-full", message: nl.errors["dossier-full"].replace("{megabytes}", "250") })
    for (const answer of answers) if (answer.status === 201) await asOther(placeOf(answer), { method: "DELETE" })
  })
})

async function form(as: SignedIn, file: File, headers: Record<string, string> = {}): Promise<Response> {
  const fields = new FormData()
  fields.append("bestand", file)
  const encoded = new Response(fields)
  return as("/api/own-files/form", { method: "POST", body: new Uint8Array(await encoded.arrayBuffer()), headers: { "Content-Type": encoded.headers.get("content-type") ?? "", ...headers } })
}

describe("a plain form", () => {
  test.each([
    ["bewaard=1", new File(["een brief"], "brief.txt")],
    ["geweigerd=upload-empty", new File([], "leeg.txt")],
    ["geweigerd=own-file-program", new File(["MZ\x90\0"], "factuur.pdf")],
  ])("leads back to the dossier with %s", async (outcome, file) => {
    const answer = await form(asEmployer, file)
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/werkgever/dossier?${outcome}`])
    expect((await asEmployer(answer.headers.get("location") ?? "")).status).toBe(200)
  })

  test("of more than 100 MB is refused before its bytes have come", async () => {
    const { answered } = openLine(portal, "POST", "/api/own-files/form", { Cookie: cookie, "Content-Type": "multipart/form-data; boundary=x", "Content-Length": "101000000" })
    expect(await answered()).toMatch(/^HTTP\/1\.1 303[^]*\blocation: \/werkgever\/dossier\?geweigerd=upload-too-large&megabytes=100\b/i)
  })

  test("whose session ended leads to sign in", async () => {
    const answer = await form((path, request) => asEmployer(path, { ...request, headers: { ...request?.headers, cookie: "" } }), new File(["abc"], "x.txt"), { "Sec-Fetch-Dest": "document" })
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/aanmelden"])
  })
})

describe("a file once it is there", () => {
  test.each([
    ["pagina.pdf", "<!doctype html><script>alert(1)</script>", "application/octet-stream", "pagina.pdf.html"],
    ["plaatje.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "application/octet-stream", "plaatje.svg"],
    ["lijst.xml", '<?xml version="1.0"?><lijst/>', "application/octet-stream", "lijst.xml"],
    ["opruimen.bat", "del *.*", "text/plain", "opruimen.bat.txt"],
  ])("%s is only ever downloaded, as %#", async (name, text, type, called) => {
    const { fileId } = await (await sendWhole(asEmployer, name, Buffer.from(text))).json()
    for (const how of ["view", "download"]) {
      const { headers } = await asEmployer(`/api/files/${fileId}?how=${how}`)
      expect([headers.get("content-type"), headers.get("x-content-type-options"), headers.get("content-security-policy")]).toEqual([type, "nosniff", "default-src 'none'; sandbox"])
      expect(headers.get("content-disposition")).toBe(`attachment; filename="${called}"; filename*=UTF-8''${called}`)
    }
  })

  test.each([
    ["255 accents", "é".repeat(300), `${"é".repeat(251)}.txt`],
    ["255 smileys", `${"😀".repeat(300)}.txt`, `${"😀".repeat(251)}.txt`],
    ["control characters", "a\0b\r\nSet-Cookie: x=1\u001b[31m.txt", "abSet-Cookie: x=1[31m.txt"],
    ["a turned direction", "loon\u202etxt.exe", "loontxt.exe.txt"],
    ["a path", "../../../etc/passwd", "passwd.txt"],
    ["quotes and percent signs", "a\"b';%22%00.txt", "a\"b';%22%00.txt"],
    ["nothing", "", "bestand.txt"],
    ["half a character", "\ud800.txt", "bestand.txt"],
  ])("has a name of %s as it can be shown and kept", async (_what, name, called) => {
    const { fileId } = await (await sendWhole(asEmployer, name, Buffer.from("tekst"))).json()
    expect((await viewFile(employer, { fileId })).name).toBe(called)
    const disposition = (await asEmployer(`/api/files/${fileId}`)).headers.get("content-disposition") ?? ""
    expect(decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1] ?? "")).toBe(called)
  })
})

describe("in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "loondossier-eigen-"))
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let badLine: BadLine
  let offsets: number[] = []

  const line = (name: string) => page.locator(".sent > li").filter({ hasText: name })
  const rows = () => page.getByRole("table", { name: nl.dossier.own })
  const inTable = (name: string) => rows().getByRole("link", { name: new RegExp(`^Bekijk ${name}`) })
  const choose = (files: Parameters<Locator["setInputFiles"]>[0]) => page.locator(".drop input[multiple]").setInputFiles(files)
  const sent = (name: string) => line(name).locator("progress").evaluate((bar) => Number(bar.getAttribute("value"))).catch(() => 0)

  async function openDossier(): Promise<void> {
    await page.goto(`${badLine.url}/werknemer/dossier`)
    await page.locator(".drop").waitFor()
  }

  beforeAll(async () => {
    const [first = ""] = (await bringInBakers(employer, employer.partyId)).values()
    employee = await viewerFor("employee", first)
    badLine = await openBadLine(portal.url)
    browser = await openBrowser()
    context = await newVisitor(browser)
    const [name = "", value = ""] = (await cookieFor(employee)).split(/=(.*)/s)
    await context.addCookies([{ name, value, url: portal.url }])
    page = await context.newPage()
    page.on("request", (request) => request.method() === "PATCH" && offsets.push(Number(request.headers()["upload-offset"])))
    for (const file of ["lang.txt", "later.txt", "anders.txt"]) writeFileSync(join(folder, file), Buffer.alloc(6_500_000, `${file} `))
  })
  afterAll(async () => {
    await browser?.close()
    await badLine?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test("several files are chosen at once, one is stopped, and the others are in the dossier as what they are", async () => {
    await openDossier()
    const half = badLine.holdAfter(3_000_000)
    const file = (name: string, mimeType: string, buffer: Uint8Array) => ({ name, mimeType, buffer: Buffer.from(buffer) })
    await choose([
      file("te veel.txt", "text/plain", Buffer.alloc(9_000_000, "te veel ")),
      file("bon.jpg", "image/jpeg", await phonePhoto(6)),
      file("IMG_2.HEIC", "", readFileSync(join(import.meta.dirname, "../images/half-red-half-green.heic"))),
      file("brief.pdf", "application/pdf", await (await PDFDocument.create()).save()),
      file("verklaring.docx", "", await packageOf(officeParts.docx)),
      file("pagina.html", "text/html", Buffer.from("<html><script>alert(1)</script></html>")),
      file("spel.pdf", "application/pdf", Buffer.from("MZ\x90\0")),
    ])
    await half
    expect(await sent("te veel.txt")).toBeGreaterThan(1_000_000)
    await line("spel.pdf").getByText(nl.errors["own-file-program"]).waitFor()
    await shoot(page, "eigen-bestanden-onderweg")
    expect(await axeFindings(page, "onderweg")).toEqual([])
    await page.getByRole("button", { name: `${nl.ui.upload.cancel}: te veel.txt` }).click()
    await line("te veel.txt").getByText(nl.ui.upload.stopped).waitFor()
    badLine.release()
    for (const name of ["bon.jpg", "IMG_2.jpg", "brief.pdf", "verklaring.docx", "pagina.html"]) await inTable(name).waitFor()
    await expect.poll(() => page.locator(".sent > li").count()).toBe(2)
    expect(await inTable("te veel").count()).toBe(0)
  })

  test("a photo stands upright, tells no place, and its details say that it was not scanned", async () => {
    await inTable("bon.jpg").click()
    await page.getByRole("img", { name: "bon.jpg" }).waitFor()
    await page.getByText(nl.ownFiles.notScanned, { exact: true }).waitFor()
    const { rows: found } = await owner.query<{ id: string }>("select id from dossier_file where name = any ($1)", [["bon.jpg", "IMG_2.jpg"]])
    const photos = await Promise.all(found.map(async ({ id }) => bytesOf((await openFile(employee, { fileId: id, how: "view" })).stream)))
    expect((await Promise.all(photos.map(quarters))).map(String).toSorted()).toEqual(["red,green,red,green", "red,red,green,green"])
    for (const photo of photos) expect([photo.includes("GEHEIM"), photo.includes("Exif"), (await sharp(photo).metadata()).exif]).toEqual([false, false, undefined])
  })

  test("a line that breaks is picked up where it was, by itself, also when it breaks as the file is placed", async () => {
    await openDossier()
    offsets = []
    let broken = 0
    await page.route("**/api/own-files", (route) => ((broken += 1) > 2 ? route.continue() : route.abort()))
    const half = badLine.holdAfter(5_500_000)
    await choose(join(folder, "lang.txt"))
    await half
    badLine.cut()
    await expect.poll(() => offsets.length).toBe(2)
    expect([offsets[0], (offsets[1] ?? 0) >= 4_194_304]).toEqual([0, true])
    badLine.release()
    await inTable("lang.txt").waitFor({ timeout: 60_000 })
    expect(broken).toBe(3)
  })

  test("a page that is left half way goes on with the same file when it is chosen again", async () => {
    const half = badLine.holdAfter(5_500_000)
    await choose(join(folder, "later.txt"))
    await half
    await page.getByRole("navigation", { name: "Hoofdmenu" }).getByRole("link", { name: "Profiel" }).click()
    await page.getByRole("heading", { level: 1, name: "Profiel" }).waitFor()
    badLine.release()
    await openDossier()
    offsets = []
    await choose(join(folder, "later.txt"))
    await inTable("later.txt").waitFor({ timeout: 60_000 })
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(4_194_304)
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain("later")
  })

  test("a file that changes while it is sent is said to, at once", async () => {
    const half = badLine.holdAfter(5_500_000)
    await choose(join(folder, "anders.txt"))
    await half
    appendFileSync(join(folder, "anders.txt"), "nog iets")
    badLine.cut()
    badLine.release()
    await line("anders.txt").getByText(nl.ownFiles.changed).waitFor()
  })

  test("photos wait until they become one PDF, in the order they were chosen; one that is not wanted goes", async () => {
    await openDossier()
    await page.getByLabel(nl.ownFiles.together).check()
    await choose(await Promise.all([["een.jpg", 6], ["weg.jpg", 1], ["twee.jpg", 1]].map(async ([name, turned]) => ({ name: String(name), mimeType: "image/jpeg", buffer: Buffer.from(await phonePhoto(Number(turned))) }))))
    await expect.poll(() => page.getByText(new RegExp(`^${nl.ownFiles.waiting}`)).count()).toBe(3)
    await page.getByRole("button", { name: `${nl.ui.upload.cancel}: weg.jpg` }).click()
    await page.getByLabel(nl.ownFiles.pdfName).fill("Bonnen maart")
    await shoot(page, "eigen-fotos-wachten")
    expect(await axeFindings(page, "wachten")).toEqual([])
    await page.getByRole("button", { name: nl.ownFiles.make }).click()
    await inTable("Bonnen maart.pdf").waitFor()
    const { rows: [made] } = await owner.query<{ id: string }>("select id from dossier_file where name = 'Bonnen maart.pdf'")
    const pdf = await PDFDocument.load(await bytesOf((await openFile(employee, { fileId: made?.id ?? "", how: "view" })).stream))
    expect(pdf.getPages().map((sheet) => sheet.getWidth() > sheet.getHeight())).toEqual([false, true])
    await expect.poll(async () => (await owner.query("select from own_upload where account_id = $1", [employee.accountId])).rowCount).toBe(0)
  })

  test("files are chosen by keyboard, and where one is shows", async () => {
    await openDossier()
    await page.locator(".drop input[multiple]").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Shift+Tab")
    expect(await page.locator(".drop .btn:has(input[multiple])").evaluate((button) => getComputedStyle(button).outlineStyle)).toBe("solid")
    await (await chooserByEnter(page)).setFiles({ name: "toetsen.txt", mimeType: "text/plain", buffer: Buffer.from("met toetsen") })
    await inTable("toetsen.txt").waitFor()
  })

  test("without JavaScript one file at a time is sent by a form, and the page tells what became of it", async () => {
    const plain = await browser.newContext({ locale: "nl-NL", javaScriptEnabled: false, viewport: { width: 1440, height: 900 } })
    await plain.addCookies(await context.cookies())
    page = await plain.newPage()
    await page.goto(`${portal.url}/werknemer/dossier`)
    expect(await page.locator(".drop").isVisible()).toBe(false)
    await page.getByLabel(nl.ownFiles.plain).setInputFiles({ name: "zonder.txt", mimeType: "text/plain", buffer: Buffer.from("zonder script") })
    await page.getByRole("button", { name: nl.ownFiles.plainSend, exact: true }).click()
    await page.getByText(nl.ownFiles.stored).waitFor()
    await inTable("zonder.txt").waitFor()
    await page.getByLabel(nl.ownFiles.plain).setInputFiles({ name: "spel.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90\0") })
    await page.getByRole("button", { name: nl.ownFiles.plainSend, exact: true }).click()
    await page.getByText(nl.errors["own-file-program"]).waitFor()
    await page.screenshot({ path: join(import.meta.dirname, "../../.output/screens/eigen-bestanden-geweigerd.png"), fullPage: true })
    await plain.close()
  })
})

test("after all that nothing is left of what was refused, taken away or finished, and the log has no alarm but of the full disk", async () => {
  const { rows } = await owner.query<{ id: string }>("select id from own_upload")
  for (const { id } of rows) for (const as of [asEmployer, asOther, await signedIn(portal, employee)]) await as(`/api/uploads/${id}`, { method: "DELETE" })
  expect(left()).toEqual([])
  expect(linesIn(logged(portal, "web").slice(logFrom)).filter(({ level, code }) => level !== "info" && code !== "storage-full")).toEqual([])
})
