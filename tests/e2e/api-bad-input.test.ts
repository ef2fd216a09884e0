import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { changeOffice } from "#domain/parties/change-office.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { jsonSchema } from "../../src/app/api/v1/openapi.ts"
import { operations } from "../../src/app/api/v1/operations.ts"
import naughty from "../corpora/naughty-strings.json" with { type: "json" }
import { callerWith, idOf, keyOf, type ApiAnswer, type ApiCall, type ApiSent } from "../support/api.ts"
import { bringInBakers, makeClient, makeOffice } from "../support/house.ts"
import { filled } from "../support/filled.ts"
import { inTurns } from "../support/knock.ts"
import { onePage } from "../support/one-page.ts"
import { linesIn, logged } from "../support/portal-log.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { counts } from "../support/rows.ts"
import { say } from "../support/say.ts"

let portal: TestPortal
let office: Viewer
let employerId: string
let otherId: string
let secret: string
let ask: ApiCall
/** Keys that take turns, so that the limit of none is reached. */
let callers: ApiCall[]
let turn = 0
/** An idle line that the portal closes just as it is used is opened anew. */
const steady = (request: Request) => fetch(request.clone()).catch(() => fetch(request))
const inTurn: ApiCall = (line, sent) => (callers[turn++ % callers.length] ?? ask)(line, sent)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  otherId = await makeClient(await makeOffice(), "999990044L01")
  await asSystem("operate", (tx) => tx.employee.updateMany({ where: { employerId, number: "9" }, data: { employedTo: new Date("2020-01-31") } }))
  secret = await keyOf(office)
  ask = callerWith(fetch, secret, portal.url)
  callers = []
  for (let one = 0; one < 18; one++) callers.push(callerWith(steady, await keyOf(office), portal.url))
}, 400_000)

afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
})

const payslip = { kind: "payslip", year: "2026", period: "4", employeeNumber: "7" }

function formOf(entries: readonly (readonly [string, string | Uint8Array, string?])[]): FormData {
  const form = new FormData()
  for (const [name, value, fileName = "a.pdf"] of entries) {
    if (typeof value === "string") form.append(name, value)
    else form.append(name, new Blob([new Uint8Array(value)]), fileName)
  }
  return form
}

/** A month of one page of which this is told, to be sent at once. */
const place = async (told: Readonly<Record<string, string>>, whose: Readonly<Record<string, string>> = { employerId }, then = "send") =>
  ask("POST /deliveries", { form: formOf([...Object.entries({ ...whose, then, ...told }), ["file", await onePage("een"), "één.pdf"]]) })

const codeOf = ({ status, body }: ApiAnswer) => [status, z.object({ code: z.string() }).safeParse(body).data?.code]
const placed = async () => ({ ...(await counts()), deliveries: await asSystem("operate", (tx) => tx.delivery.count()) })

describe("what cannot be placed is told, over which file, and nothing of it is there", () => {
  test.each([
    ["another office's employer", payslip, async () => ({ employerId: otherId }), 404, "not-found"],
    ["another office's wage tax number", payslip, async () => ({ wageTaxNumber: "999990044L01" }), 404, "not-found"],
    ["an employer that is none", payslip, async () => ({ employerId: crypto.randomUUID() }), 404, "not-found"],
    ["an employee as employer", payslip, async () => ({ employerId: await someEmployee() }), 404, "not-found"],
    ["two employers", payslip, async () => ({ employerId, wageTaxNumber: "999990044L01" }), 422, "request-invalid"],
    ["an employee that is not this employer's", { ...payslip, employeeNumber: "4711" }, async () => ({ employerId }), 422, "employee-number-unknown"],
    ["an employment that ended long ago", { ...payslip, employeeNumber: "9" }, async () => ({ employerId }), 422, "delivery-has-red"],
    ["a thirteenth period where there are months", { ...payslip, period: "13" }, async () => ({ employerId }), 422, "item-period-unknown"],
    ["a fourteenth period", { ...payslip, period: "14" }, async () => ({ employerId }), 422, "request-invalid"],
    ["period nought", { ...payslip, period: "0" }, async () => ({ employerId }), 422, "request-invalid"],
    ["no period", { kind: "payslip", year: "2026", employeeNumber: "7" }, async () => ({ employerId }), 422, "item-period-unknown"],
    ["a period that is a word", { ...payslip, period: "maart" }, async () => ({ employerId }), 422, "request-invalid"],
    ["a year far away", { ...payslip, year: "2101" }, async () => ({ employerId }), 422, "request-invalid"],
    ["a year long ago", { ...payslip, year: "1999" }, async () => ({ employerId }), 422, "request-invalid"],
    ["a kind that is none", { ...payslip, kind: "brief" }, async () => ({ employerId }), 422, "request-invalid"],
  ])("%s", async (_what, told, whose, status, code) => {
    const before = await placed()
    const answer = await place(told, await whose())
    expect(codeOf(answer)).toEqual([status, code])
    if (code === "employee-number-unknown" || code === "item-period-unknown") expect(answer.body).toMatchObject({ file: { place: 1, name: "één.pdf" } })
    expect(await placed()).toEqual(before)
  })

  test("the second of two files", async () => {
    const before = await placed()
    const form = formOf([["employerId", employerId], ["file", await onePage("een"), "een.pdf"], ["file", Buffer.from("MZ"), "twee.exe"]])
    expect((await ask("POST /deliveries", { form })).body).toMatchObject({ code: "upload-not-supported", file: { place: 2, name: "twee.exe" } })
    expect(await placed()).toEqual(before)
  })

  test("a client that went to another office", async () => {
    const gone = await makeClient(office, "999990056L01")
    const deliveryId = idOf((await ask("POST /deliveries", { json: { employerId: gone } })).body)
    const to = await makeOffice()
    await asSystem("operate", (tx) => changeOffice(tx, { employerId: gone, officeId: to.partyId }, new Date()))
    expect(codeOf(await place(payslip, { employerId: gone }))).toEqual([404, "not-found"])
    expect(codeOf(await ask(`GET /deliveries/${deliveryId}`))).toEqual([404, "not-found"])
  })
})

const someEmployee = async () => (await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId }, select: { id: true } }))).id

test("a name that was used for something else is refused, of a form, of JSON and of both", async () => {
  const sent = async (title: string): Promise<ApiSent> => ({ form: formOf([["employerId", employerId], ["file", await onePage(title)]]), named: "hergebruikt" })
  const first = await sent("een")
  expect((await ask("POST /deliveries", first)).status).toBe(201)
  const before = await placed()
  expect(codeOf(await ask("POST /deliveries", await sent("twee")))).toEqual([422, "idempotency-reused"])
  expect(codeOf(await ask("POST /deliveries", { json: { employerId }, named: "hergebruikt" }))).toEqual([422, "idempotency-reused"])
  expect((await ask("POST /deliveries", first)).headers.get("idempotent-replayed")).toBe("true")
  expect(await placed()).toEqual(before)
})

test("a clock that is wrong changes nothing; a moment of publication that is past, far away or none is refused", async () => {
  for (const date of ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "gisteren"]) expect((await ask("GET /employers", { headers: { date } })).status).toBe(200)
  const id = idOf((await place(payslip, { employerId }, "stage")).body)
  const planned = async (publishAt: string) => codeOf(await ask(`POST /deliveries/${id}/send`, { json: { publishAt } }))
  expect(await planned("2020-01-01T09:00")).toEqual([422, "publish-past"])
  expect(await planned("9999-12-31T23:59")).toEqual([422, "publish-too-far"])
  expect(await planned("0000-00-00T00:00")).toEqual([422, "publish-no-date"])
  expect(await planned("2027-03-01T09:00:00Z")).toEqual([422, "request-invalid"])
  expect((await ask(`GET /deliveries/${id}`)).body).toMatchObject({ state: "staged", publishAt: null })
  expect((await ask(`DELETE /deliveries/${id}`)).status).toBe(204)
})

describe("a line that lies", () => {
  const head = (length: string, type = "multipart/form-data; boundary=x") =>
    ["POST /api/v1/deliveries HTTP/1.1", "Host: localhost", `Authorization: Bearer ${secret}`, `Idempotency-Key: ${crypto.randomUUID()}`, `Content-Type: ${type}`, length, "", ""].join("\r\n")
  const body = () => `--x\r\nContent-Disposition: form-data; name="employerId"\r\n\r\n${employerId}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 en meer\r\n--x--\r\n`

  test.each([
    ["says less than comes", (whole: string) => head(`Content-Length: ${whole.length - 30}`) + whole, /^HTTP\/1\.1 400 /],
    ["says more than comes", (whole: string) => head(`Content-Length: ${whole.length + 30}`) + whole, /^(HTTP\/1\.1 400 |$)/],
    ["is cut off half way", (whole: string) => head(`Content-Length: ${whole.length}`) + whole.slice(0, 120), /^(HTTP\/1\.1 400 |$)/],
    ["says a length and comes in pieces", (whole: string) => head(`Content-Length: ${whole.length}\r\nTransfer-Encoding: chunked`) + whole, /^HTTP\/1\.1 400 /],
    ["says two lengths", (whole: string) => head(`Content-Length: 10\r\nContent-Length: ${whole.length}`) + whole, /^HTTP\/1\.1 400 /],
    ["says more than may come", (whole: string) => head("Content-Length: 600000000") + whole, /^HTTP\/1\.1 413 /, false],
    ["comes in pieces that are none", (whole: string) => head("Transfer-Encoding: chunked") + `zz\r\n${whole}`, /^(HTTP\/1\.1 400 |$)/],
    ["comes in pieces without an end", (whole: string) => head("Transfer-Encoding: chunked") + `20\r\n${whole.slice(0, 32)}\r\n`, /^(HTTP\/1\.1 400 |$)/],
  ])("%s", async (_how, text, answer, closes = true) => {
    const before = await placed()
    expect(await say(portal.url, text(body()), closes)).toMatch(answer)
    await expect.poll(placed).toEqual(before)
    expect((await ask("GET /employers")).status).toBe(200)
  })
})

const texts = naughty.map((text) => text.toWellFormed())

test("every naughty string, as every value of every operation, gets an answer that fits, and none of them a fault", async () => {
  const deliveryId = idOf((await ask("POST /deliveries", { json: { employerId } })).body)
  const made = await ask("POST /webhooks", { json: { url: "https://elders.test/haak", kinds: ["delivery.sent"] } })
  const ids: Record<string, string> = { employerId, deliveryId, webhookId: idOf({ one: [Object(made.body).webhook] }, "one") }
  const before = await placed()
  const tried = (id: string, text: string, line: string, sent: ApiSent, ...fine: number[]) => async () => {
    const { status } = await inTurn(line, sent)
    return fine.includes(status) || (status === 200 && text === "true") || (status === 409 && text === "false") ? [] : [`${id} ${JSON.stringify(text)}: ${status}`]
  }
  const withIds = operations.filter(({ path }) => path.includes("{"))
  const tries = texts.flatMap((text, index) => {
    const { id, method, path } = withIds[index % withIds.length] ?? { id: "", method: "GET", path: "/" }
    const inPath = /^\.{0,2}$/.test(text) ? [] : [tried(id, text, `${method} ${path.replace(/\{\w+\}/g, encodeURIComponent(text))}`, {}, 404)]
    const named = { "Upload-Length": "5", "Upload-Metadata": `filename ${Buffer.from(text).toString("base64")}` }
    return [...inPath, tried("beginUpload", text, "POST /uploads", { headers: named }, 201), ...operations.flatMap((one) => {
      const queries = Object.keys(one.query.shape).map((name) => [name, text])
      const line = `${one.method} ${one.path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? crypto.randomUUID())}`
      const fine = [...one.path.matchAll(/\{(\w+)\}/g)].every(([, name = ""]) => name in ids) ? [422] : [404, 422]
      const form = one.form && formOf([...Object.keys(one.form.shape).map((name) => [name, text] as const), ["file", Buffer.from("%PDF-1.7"), text || "a"]])
      return [
        ...(queries.length > 0 ? [tried(one.id, text, `${line}?${new URLSearchParams(queries)}`, one.body ? { json: {} } : {}, ...fine)] : []),
        ...(one.body ? [tried(one.id, text, line, { json: filled(jsonSchema(one.body, "input"), text) }, ...fine)] : []),
        ...(form ? [tried(one.id, text, line, { form }, ...fine)] : []),
      ]
    })]
  })
  expect(tries.length).toBeGreaterThan(7_000)
  expect(await inTurns(tries)).toEqual([])
  expect(await placed()).toEqual(before)
  expect((await ask(`DELETE /deliveries/${deliveryId}`)).status).toBe(204)
}, 600_000)

test("every naughty string is a name like any other: of a person, a file, a number, a request and a remark", async () => {
  const fields = (text: string) => ({ initials: cut(text, 20), surname: cut(text, 100), street: cut(text, 80), city: cut(text, 80), email: cut(text, 100) })
  const employees = texts.map((text, index) => ({ number: `N${index}`, ...fields(text) }))
  expect((await ask(`PUT /employers/${employerId}/employees`, { json: { employees } })).status).toBe(200)
  for (let page: unknown = { next: "" }; z.object({ next: z.string() }).safeParse(page).success; ) {
    const next = z.object({ next: z.string() }).parse(page).next
    page = (await ask(`GET /employers/${employerId}/employees?limit=200${next && `&cursor=${next}`}`)).body
  }
  const asked = texts.filter((text) => text !== "" && text.length <= 35).flatMap((text) => [
    async () => told(await inTurn(`GET /employers/${employerId}/employees?number=${encodeURIComponent(text)}`), 200, 422),
    async () => told(await inTurn(`GET /deliveries?idempotencyKey=${encodeURIComponent(text)}`), 200, 422),
    async () => told(await inTurn("POST /webhooks", { json: { url: text, kinds: ["delivery.sent"] } }), 422),
  ])
  expect(await inTurns(asked)).toEqual([])
  const deliveryId = idOf((await ask("POST /deliveries", { json: { employerId } })).body)
  const named = texts.filter((_text, index) => index % 3 === 0)
  const files = await Promise.all(named.map(async (text, index) => ["file", await onePage(`stuk ${index}`), text || "leeg"] as const))
  for (let from = 0; from < files.length; from += 90) {
    const id = from === 0 ? deliveryId : idOf((await ask("POST /deliveries", { json: { employerId } })).body)
    const told = await ask(`POST /deliveries/${id}/documents`, { form: formOf(files.slice(from, from + 90).flatMap((file) => [["kind", "other"], ["year", "2026"], file] as const)) })
    expect(told.status).toBe(201)
    expect((await ask(`DELETE /deliveries/${id}`)).status).toBe(204)
  }
}, 300_000)

const cut = (text: string, most: number) => text.slice(0, most).toWellFormed()

function told({ status }: ApiAnswer, ...expected: readonly number[]): string[] {
  return expected.includes(status) ? [] : [String(status)]
}

test("every PDF of the corpus is read or refused, never left, and the portal stays well", async () => {
  const folder = join(import.meta.dirname, "../corpora/pdf")
  const seen = new Map<string, { name: string; bytes: Uint8Array }>()
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name))
    seen.set(createHash("sha256").update(bytes).digest("hex"), { name, bytes })
  }
  const all = [...seen.values()]
  const ids: string[] = []
  for (let from = 0; from < all.length; from += 125) {
    const id = idOf((await ask("POST /deliveries", { json: { employerId } })).body)
    const answer = await ask(`POST /deliveries/${id}/documents`, { form: formOf(all.slice(from, from + 125).map(({ name, bytes }) => ["file", bytes, name])) })
    expect([answer.status, answer.body]).toMatchObject([201, {}])
    ids.push(id)
  }
  const files = z.object({ files: z.array(z.object({ name: z.string(), state: z.string(), refusal: z.string().nullable() })) })
  const stood = async () => (await Promise.all(ids.map((id) => ask(`GET /deliveries/${id}`)))).flatMap(({ body }) => files.parse(body).files)
  await expect.poll(async () => (await stood()).filter(({ state }) => state === "received").length, { timeout: 280_000, interval: 2000 }).toBe(0)
  expect((await stood()).filter(({ refusal }) => refusal === "reading-failed")).toEqual([])
  expect(await stood()).toHaveLength(all.length)
  for (const id of ids) expect((await ask(`DELETE /deliveries/${id}`)).status).toBe(204)
  expect(linesIn(logged(portal, "web")).filter(({ level }) => level === "error")).toEqual([])
}, 300_000)
