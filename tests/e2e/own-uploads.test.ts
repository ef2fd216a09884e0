import { createHash } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { viewFile } from "#domain/files/view-file.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { cookieFor } from "../support/cast.ts"
import { makeSelfRunning, viewerFor } from "../support/house.ts"
import { streamFrom } from "../support/own-uploads.ts"
import { linesIn, logged } from "../support/portal-log.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signedIn, type SignedIn } from "../support/signed-in.ts"
import { begin, offsetAt, openLine, openPatch, patch, place, placeOf, sendWhole, write } from "../support/tus.ts"

let portal: TestPortal
let owner: pg.Client
let employer: Viewer
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
const left = () => readdirSync(join(portal.data, "files"), { withFileTypes: true }).flatMap((one) => (one.name === "files" || one.name.startsWith(".") ? [] : readdirSync(join(portal.data, "files", one.name), { recursive: true, withFileTypes: true }).filter((file) => file.isFile())))

describe("an upload over a bad line", () => {
  test("that breaks at many places goes on where it was, and is the file its sender has", async () => {
    const bytes = Buffer.alloc(10_000_000, "loon en werk ")
    const at = placeOf(await begin(asEmployer, bytes.length))
    let offset = 0
    const breaks = () => linesIn(logged(portal, "web").slice(logFrom)).filter(({ code }) => code === "upload-broken-off").length
    for (const cut of [0, 1, 500_000, 5_000_000, 9_999_999]) {
      const [from, before] = [offset, breaks()]
      const { socket } = openPatch(portal, cookie, at, from, bytes.length - from)
      await write(socket, bytes.subarray(from, cut))
      if (cut > 1_000_000) await expect.poll(async () => (await safe(at)).offset, { timeout: 10_000 }).toBeGreaterThan(from + 4_000_000)
      socket.destroy()
      await expect.poll(breaks, { timeout: 10_000 }).toBe(before + 1)
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
    await expect.poll(async () => (await safe(at)).offset, { timeout: 10_000 }).toBeGreaterThan(4_000_000)
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
    await expect.poll(async () => (await safe(at)).offset, { timeout: 10_000 }).toBeGreaterThan(4_000_000)
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
    const large = placeOf(await begin(asEmployer, 50_000_000))
    const flood = await patch(asEmployer, large, 0, Buffer.alloc(60_000_000))
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
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/werkgever/dossier?${outcome}#overige-bestanden`])
    expect((await asEmployer(answer.headers.get("location") ?? "")).status).toBe(200)
  })

  test("of more than 100 MB is refused before its bytes have come", async () => {
    const { answered } = openLine(portal, "POST", "/api/own-files/form", { Cookie: cookie, "Content-Type": "multipart/form-data; boundary=x", "Content-Length": "101000000" })
    expect(await answered()).toMatch(/^HTTP\/1\.1 303[^]*\blocation: \/werkgever\/dossier\?geweigerd=upload-too-large&megabytes=100#/i)
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

test("after all that nothing is left of what was refused, taken away or finished, and the log has no alarm", async () => {
  const { rows } = await owner.query<{ id: string; name: string }>("select id, name from own_upload")
  for (const { id } of rows) for (const as of [asEmployer, asOther]) await as(`/api/uploads/${id}`, { method: "DELETE" })
  expect(left()).toEqual([])
  expect(linesIn(logged(portal, "web").slice(logFrom)).filter(({ level }) => level !== "info")).toEqual([])
})
