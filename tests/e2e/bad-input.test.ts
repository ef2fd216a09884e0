import { readdirSync, readFileSync } from "node:fs"
import { request, type ClientRequest } from "node:http"
import { connect, type Socket } from "node:net"
import { join } from "node:path"
import { PDFDocument, StandardFonts } from "pdf-lib"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { cookieFor } from "../support/cast.ts"
import { limitFiles } from "../support/full-disk.ts"
import { bringInBakers, makeClient, makeOffice, today } from "../support/house.ts"
import { knock } from "../support/knock.ts"
import { linesIn, logged } from "../support/portal-log.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signedIn, type SignedIn } from "../support/signed-in.ts"

const megabyte = 1_000_000
const head = Buffer.from("%PDF-1.7\n")

let portal: TestPortal
let office: Viewer
let employerId: string
let asOffice: SignedIn
let cookie: string
let deliveryId: string
let logFrom = 0

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  asOffice = await signedIn(portal, office)
  cookie = await cookieFor(office)
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
})

beforeEach(async () => {
  deliveryId = (await startDelivery(office, { employerId }, today)).deliveryId
  logFrom = logged(portal, "web").length
})

const path = () => `/api/deliveries/${deliveryId}/uploads`
const uploads = async () => (await viewDelivery(office, { deliveryId })).uploads
const kept = () => readdirSync(join(portal.data, "files"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length

/** What the pages wrote to the log since this test began. */
const newLines = () => linesIn(logged(portal, "web").slice(logFrom))

async function answerOf(asked: ClientRequest): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    asked.on("error", reject)
    asked.on("response", (answer) => {
      const pieces: Buffer[] = []
      answer.on("data", (piece: Buffer) => pieces.push(piece))
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(pieces).toString()) }))
    })
  })
}

/** What goes with an upload that fetch would not send as it stands. */
function headers(more: Readonly<Record<string, string>>): Record<string, string> {
  return { Cookie: cookie, Origin: portal.url, "X-File-Name": "loonstroken.pdf", ...more }
}

function upload(name: string, body: Uint8Array): Promise<Response> {
  return asOffice(path(), { method: "POST", body: new Uint8Array(body), headers: { "X-File-Name": name } })
}

async function sheets(count: number, lines: readonly string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let page = 1; page <= count; page += 1) {
    const sheet = pdf.addPage()
    for (const [index, line] of lines.entries()) sheet.drawText(`${line} ${page}`, { x: 50, y: 750 - index * 24, size: 12, font })
  }
  return pdf.save()
}

const isRead = async () => (await uploads()).every((one) => one.state !== "received")

describe("an upload that cannot be used", () => {
  test("of more than 100 MB is refused before its bytes have come, when it says how large it is", async () => {
    const asked = request(new URL(path(), portal.url), { method: "POST", headers: headers({ "Content-Length": String(101 * megabyte) }) })
    const answer = answerOf(asked)
    asked.write(head)
    expect(await answer).toEqual({ status: 413, body: { code: "upload-too-large", message: nl.errors["upload-too-large"].replace("{megabytes}", "100") } })
    asked.destroy()
    expect([await uploads(), newLines()]).toEqual([[], []])
  })

  test("of more than 100 MB is refused in a sentence also when all of it is sent at once", async () => {
    const answer = await upload("groot.pdf", Buffer.alloc(101 * megabyte, head))
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: "upload-too-large" }])
    expect((await asOffice("/kantoor")).status).toBe(200)
  })

  test("of more than 100 MB is refused when it grows past them without having said so, and nothing of it is kept", async () => {
    const before = kept()
    const asked = request(new URL(path(), portal.url), { method: "POST", headers: headers({ "Transfer-Encoding": "chunked" }) })
    const answer = answerOf(asked)
    asked.write(head)
    const chunk = new Uint8Array(megabyte)
    for (let sent = 0; sent < 101; sent += 1) if (!asked.write(chunk)) await new Promise((resolve) => asked.once("drain", resolve))
    asked.end()
    expect(await answer).toMatchObject({ status: 413, body: { code: "upload-too-large" } })
    expect([await uploads(), kept(), newLines()]).toEqual([[], before, []])
  })

  test("that sends more than it said is refused, or taken as far as it said; the rest is never a request", async () => {
    const { socket } = rawUpload(head.length, Buffer.concat([head, Buffer.from("and more that was not announced\r\n\r\n")]))
    let said = ""
    for await (const piece of socket) said += String(piece)
    const answers = said.match(/(?<=HTTP\/1\.1 )\d+/g)
    expect([["400"], ["201", "400"]]).toContainEqual(answers)
    if (answers?.[0] === "400") await expect.poll(newLines).toMatchObject([{ level: "info", code: "upload-broken-off" }])
    expect((await uploads()).map(({ size }) => size)).toEqual(answers?.[0] === "201" ? [head.length] : [])
  })

  test("is told apart by what is in it and not by its name: a text, a very long one, nothing at all", async () => {
    const before = kept()
    const texts = [["upload-not-supported", Buffer.from("gewoon tekst")], ["upload-not-supported", Buffer.alloc(60 * megabyte, "a")]] as const
    for (const [code, bytes] of [...texts, ["upload-empty", Buffer.of()] as const]) {
      const answer = await upload("loonstroken.pdf", bytes)
      expect([answer.status, await answer.json()]).toEqual([422, { code, message: nl.errors[code] }])
    }
    expect([await uploads(), kept(), newLines()]).toEqual([[], before, []])
  })

  test("because it has a password is said so on the page of the delivery", async () => {
    const answer = await upload("beveiligd.pdf", readFileSync(join(import.meta.dirname, "../corpora/pdf/pr6531_2.pdf")))
    expect(answer.status).toBe(201)
    await expect.poll(isRead).toBe(true)
    expect(await uploads()).toMatchObject([{ state: "refused", refusal: "encrypted" }])
    const page = await asOffice(`/kantoor/zendingen/${deliveryId}`)
    expect([page.status, (await page.text()).includes(nl.errors.encrypted)]).toEqual([200, true])
  })
})

test("a PDF of 2,000 pages is read to the last page, and its delivery can be looked at", async () => {
  const answer = await upload("veel.pdf", await sheets(2000, ["Loonstrook maart 2026", "Personeelsnummer: 9"]))
  expect(answer.status).toBe(201)
  await expect.poll(isRead, { timeout: 120_000, interval: 500 }).toBe(true)
  const { uploads: read, items } = await viewDelivery(office, { deliveryId })
  expect(read).toMatchObject([{ state: "read", pages: 2000 }])
  expect(items.flatMap((item) => item.pages).toSorted((one, other) => one - other)).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1))
  expect((await asOffice(`/kantoor/zendingen/${deliveryId}`)).status).toBe(200)
})

describe("an upload whose sender goes away", () => {
  const body = Buffer.alloc(3 * megabyte)
  body.set(head)

  test.each([0, 500, body.length / 2, body.length - 1])("after %i bytes leaves nothing, and no alarm in the log", async (bytes) => {
    const before = kept()
    const { socket, written } = rawUpload(body.length, body.subarray(0, bytes))
    await written
    await expect.poll(kept).toBe(before + 1)
    socket.destroy()
    await expect.poll(newLines).toEqual([expect.objectContaining({ level: "info", code: "upload-broken-off" })])
    expect([await uploads(), kept()]).toEqual([[], before])
  })
})

/** One request, written to a socket of its own as it stands; the rest is up to the test. */
function rawUpload(length: number, body: Uint8Array): { socket: Socket; written: Promise<void> } {
  const socket = connect(Number(new URL(portal.url).port), new URL(portal.url).hostname)
  const lines = Object.entries(headers({ Host: new URL(portal.url).host, "Content-Length": String(length) })).map(([name, value]) => `${name}: ${value}`)
  socket.write(`POST ${path()} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`)
  return { socket, written: new Promise((resolve) => socket.write(body, () => resolve())) }
}

describe.skipIf(process.platform !== "linux")("when there is no room for the bytes", () => {
  test("an upload is refused in a sentence with 507, the log tells the operator once, and later it works", async () => {
    const large = await sheets(1, ["Bestand"]).then((bytes) => Buffer.concat([bytes, Buffer.alloc(2 * megabyte, " ")]))
    const before = kept()
    limitFiles(portal, "web", megabyte)
    const answer = await upload("groot.pdf", large)
    limitFiles(portal, "web", "unlimited")
    expect([answer.status, await answer.json()]).toEqual([507, { code: "storage-full", message: nl.errors["storage-full"] }])
    expect([await uploads(), kept()]).toEqual([[], before])
    expect(newLines()).toEqual([expect.objectContaining({ level: "error", code: "storage-full", cause: expect.objectContaining({ type: "StorageFull" }) })])
    expect(JSON.stringify(newLines())).not.toMatch(/groot|Bakkerij|@/)
    expect((await upload("groot.pdf", large)).status).toBe(201)
    await expect.poll(isRead).toBe(true)
  })

  test("a file that came in whole is not lost: it is read when there is room again", async () => {
    const large = await sheets(1, ["Bestand twee"]).then((bytes) => Buffer.concat([bytes, Buffer.alloc(2 * megabyte, " ")]))
    const from = logged(portal, "worker").length
    limitFiles(portal, "worker", megabyte)
    expect((await upload("groot.pdf", large)).status).toBe(201)
    await expect.poll(() => logged(portal, "worker").slice(from)).toContain("storage-full")
    expect((await uploads()).map(({ state }) => state)).toEqual(["received"])
    limitFiles(portal, "worker", "unlimited")
    await expect.poll(isRead, { timeout: 60_000 }).toBe(true)
    expect(await uploads()).toMatchObject([{ state: "read" }])
  })
})

describe("a request that is none of ours", () => {
  test.each(["TRACE", "PROPFIND"])("%s is refused without an alarm, wherever it knocks", async (method) => {
    const answers = await Promise.all(["/", "/aanmelden", "/kantoor", "/api/files/x", "/api/geen", "/_next/static/x.js"].map((at) => knock(portal.url, at, { method })))
    expect(answers.map(({ status }) => status)).toEqual([405, 405, 405, 400, 404, 404])
    expect([answers.slice(0, 4).map(({ text }) => text).join(""), newLines()]).toEqual(["", []])
  })

  test.each(["", "null", "elders", "https://elders.test"])("a form from the origin %j is refused without an alarm", async (origin) => {
    const headers = { Origin: origin, "Content-Type": "text/plain;charset=UTF-8", "Next-Action": "00".repeat(21) }
    const answer = await knock(portal.url, "/aanmelden", { method: "POST", headers, body: Buffer.from("[]") })
    expect([answer.status, answer.text, newLines()]).toEqual([403, "", []])
  })

  test.each(["/api/geen", "/api/files", "/api/files/x/y", "/api/deliveries/items/x/y", "/_next/static/geen.js", "/fonts/geen"])("the 404 of %s can load and show nothing", async (at) => {
    const { status, headers } = await knock(portal.url, at)
    expect([status, headers["x-content-type-options"]]).toEqual([404, "nosniff"])
    expect(headers["content-security-policy"]).toContain("default-src 'none'")
  })

  test("what a handler does answer keeps its own policy", async () => {
    expect((await upload("los.xml", Buffer.from("<los>1</los>"))).status).toBe(201)
    await expect.poll(isRead).toBe(true)
    const [item] = (await viewDelivery(office, { deliveryId })).items
    const answer = await asOffice(`/api/deliveries/items/${item?.id}`)
    expect([answer.status, await answer.text()]).toEqual([200, "<los>1</los>"])
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox")
    expect((await asOffice("/api/files/x")).headers.get("content-security-policy")).toContain("default-src 'none'")
  })
})
