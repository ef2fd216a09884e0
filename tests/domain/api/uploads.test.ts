import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { makeKey, revokeKey } from "#domain/api-keys/make-key.ts"
import { removeAbandoned } from "#domain/uploads/remove-abandoned.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import { storage } from "#platform/storage.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiAnswer, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sample } from "../../support/house.ts"
import { onePage } from "../../support/one-page.ts"
import { counts } from "../../support/rows.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const tus = { "Tus-Resumable": "1.0.0" }

let office: Viewer
let employerId: string
let secret: string
let ask: ApiCall

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  secret = await keyOf(office)
  ask = callerWith(api, secret)
})

const begin = (length: number | string, call = ask, name = "strook.pdf") =>
  call("POST /uploads", { headers: { ...tus, "Upload-Length": String(length), "Upload-Metadata": `filename ${Buffer.from(name).toString("base64")}` } })
const idIn = ({ headers }: ApiAnswer) => headers.get("location")?.split("/").pop() ?? ""
const offsetOf = async (id: string, call = ask) => Number((await call(`HEAD /uploads/${id}`, { headers: tus })).headers.get("upload-offset"))

/** Sends bytes from an offset on; a stream that breaks where `breaks` says so. */
async function send(id: string, offset: number | string, bytes: Uint8Array, breaks = false, key = secret): Promise<{ status: number; offset: string | null; body: unknown }> {
  const pieces = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(bytes))
      if (breaks) controller.error(new Error("The line broke"))
      else controller.close()
    },
  })
  const headers = { ...tus, authorization: `Bearer ${key}`, "content-type": "application/offset+octet-stream", "upload-offset": String(offset) }
  const sent = { method: "PATCH", headers, body: breaks ? pieces : new Uint8Array(bytes), duplex: "half" }
  const answer = await api(new Request(`http://localhost/api/v1/uploads/${id}`, sent))
  const text = await answer.text()
  return { status: answer.status, offset: answer.headers.get("upload-offset"), body: text === "" ? null : JSON.parse(text) }
}

async function sent(bytes: Uint8Array, call = ask, key = secret): Promise<string> {
  const id = idIn(await begin(bytes.length, call))
  await send(id, 0, bytes, false, key)
  return id
}

const told = { kind: "payslip", year: 2026, period: 4, employeeNumber: "7" }
const piecesOf = async (id: string) => {
  let count = 0
  for await (const _one of (await storage()).list(`uploads/${id}`)) count += 1
  return count
}

describe("a file that comes by tus", () => {
  test("goes on where it was, and is placed as it was; what comes past that, or from elsewhere, is refused", async () => {
    const bytes = await sample("maart", "loonstroken-maart-2026.pdf")
    const begun = await begin(bytes.length, ask, "Loon stroken ë.pdf")
    expect([begun.status, begun.headers.get("tus-resumable"), begun.headers.get("location")]).toEqual([201, "1.0.0", expect.stringMatching(/^\/api\/v1\/uploads\/[0-9a-f-]{36}$/)])
    const id = idIn(begun)
    expect(await send(id, 0, bytes.subarray(0, 1000))).toMatchObject({ status: 204, offset: "1000" })
    expect(await send(id, 1000, bytes.subarray(1000, 3000), true)).toMatchObject({ status: 400, body: { code: "upload-broken-off" } })
    const from = await offsetOf(id)
    expect(from).toBeLessThanOrEqual(3000)
    expect(await send(id, 0, bytes)).toMatchObject({ status: 409, body: { code: "upload-offset" } })
    expect(await send(id, from, Buffer.concat([bytes.subarray(from), Buffer.from("x")]))).toMatchObject({ status: 422, body: { code: "upload-changed" } })
    expect((await ask("POST /deliveries", { json: { employerId, documents: [{ uploadId: id }] } })).body).toMatchObject({ code: "upload-not-whole", file: { place: 1 } })
    expect(await send(id, await offsetOf(id), bytes.subarray(await offsetOf(id)))).toMatchObject({ status: 204, offset: String(bytes.length) })
    const placed = await ask("POST /deliveries", { json: { employerId, then: "stage", documents: [{ uploadId: id }] }, named: "tus-1" })
    expect(placed).toMatchObject({ status: 201, body: { state: "staged", files: [{ name: "Loon stroken ë.pdf", size: bytes.length }] } })
    expect(Object(placed.body).documents).toHaveLength(24)
    expect((await ask("POST /deliveries", { json: { employerId, then: "stage", documents: [{ uploadId: id }] }, named: "tus-1" })).headers.get("idempotent-replayed")).toBe("true")
  })

  test("is in one delivery, is not to be found after that, and is told by its place when it may not be", async () => {
    const id = await sent(await onePage("eerste"))
    const delivery = idOf((await ask("POST /deliveries", { json: { employerId } })).body)
    const add = (documents: unknown[], named?: string) => ask(`POST /deliveries/${delivery}/documents`, { json: { documents }, ...(named ? { named } : {}) })
    const before = await counts()
    const refused = await add([{ uploadId: id, ...told }, { uploadId: crypto.randomUUID(), ...told }])
    expect(refused).toMatchObject({ status: 422, body: { code: "upload-unknown", file: { place: 2, name: null } } })
    expect((await add([{ uploadId: id, ...told, employeeNumber: "999" }])).body).toMatchObject({ code: "employee-number-unknown", file: { place: 1, name: "strook.pdf" } })
    expect((await add([{ uploadId: id, ...told }, { uploadId: id, ...told }])).body).toMatchObject({ code: "upload-twice", file: { place: 2, name: "strook.pdf" } })
    expect((await add([{ uploadId: id, year: 2026 }])).body).toMatchObject({ code: "request-invalid", file: { place: 1 } })
    expect(await counts()).toEqual(before)
    expect(await add([{ uploadId: id, ...told }])).toMatchObject({ status: 201, body: { files: [{ name: "strook.pdf", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] } })
    expect((await add([{ uploadId: id, ...told }])).body).toMatchObject({ code: "upload-unknown" })
    expect((await ask(`HEAD /uploads/${id}`)).status).toBe(404)
    expect((await send(id, 0, Buffer.from("x"))).status).toBe(404)
    expect((await ask(`DELETE /uploads/${id}`)).status).toBe(404)
  })

  test("that was refused with its delivery can be named again; twice at once is one delivery", async () => {
    const id = await sent(await onePage("tweede"))
    const place = (period: number, named: string) => ask("POST /deliveries", { json: { employerId, then: "stage", documents: [{ uploadId: id, ...told, period }] }, named })
    expect(await place(13, "dertien")).toMatchObject({ status: 422, body: { code: "item-period-unknown", file: { place: 1, name: "strook.pdf" } } })
    const both = await Promise.all([place(5, "mei"), place(5, "mei")])
    expect(both.every(({ status }) => status === 201 || status === 409)).toBe(true)
    const { body } = await place(5, "mei")
    expect((await ask("GET /deliveries?idempotencyKey=mei")).body).toMatchObject({ rows: [{ id: idOf(body), state: "staged" }] })
    expect((await ask("GET /deliveries?idempotencyKey=dertien")).body).toEqual({ rows: [], next: null })
    expect((await ask(`GET /deliveries?document=${idOf(body, "documents")}`)).body).toMatchObject({ rows: [{ id: idOf(body) }] })
    expect((await ask(`GET /deliveries?document=${idOf(body, "files")}`)).body).toMatchObject({ rows: [{ id: idOf(body) }] })
    expect((await ask(`GET /deliveries?document=${id}`)).body).toEqual({ rows: [], next: null })
  })

  test("of a request that died after it was placed is there for the same request again", async () => {
    const id = await sent(await onePage("derde"))
    const place = () => ask("POST /deliveries", { json: { employerId, documents: [{ uploadId: id, ...told, period: 6 }] }, named: "dood" })
    const first = idOf((await place()).body)
    await asSystem("operate", (tx) => tx.apiRequest.updateMany({ where: { name: "dood" }, data: { status: null, answerSealed: null, runningUntil: new Date(0) } }))
    const again = await place()
    expect([again.status, idOf(again.body)]).toEqual([201, first])
  })
})

describe("an upload", () => {
  test("is of its key alone: not of another key of the office, nor of another office", async () => {
    const id = await sent(await onePage("vierde"))
    for (const key of [await keyOf(office), await keyOf(await makeOffice())]) {
      const other = callerWith(api, key)
      expect((await other(`HEAD /uploads/${id}`, { headers: tus })).status).toBe(404)
      expect((await send(id, 0, Buffer.from("x"), false, key)).body).toMatchObject({ code: "not-found" })
      expect((await other(`DELETE /uploads/${id}`, { headers: tus })).status).toBe(404)
    }
    const other = callerWith(api, await keyOf(office))
    expect((await other("POST /deliveries", { json: { employerId, documents: [{ uploadId: id, ...told }] } })).body).toMatchObject({ code: "upload-unknown" })
    expect(await offsetOf(id)).toBeGreaterThan(0)
  })

  test.each([
    ["0", "upload-empty"],
    ["100000001", "upload-too-large"],
    ["-1", "upload-length"],
    ["1e3", "upload-length"],
    ["", "upload-length"],
  ])("of %j bytes is refused: %s", async (length, code) => {
    expect((await begin(length)).body).toMatchObject({ code })
  })

  test("is refused in another version of tus, or as another kind of body", async () => {
    const id = idIn(await begin(9))
    const odd = { "Tus-Resumable": "0.2.2" }
    expect(await ask(`HEAD /uploads/${id}`, { headers: odd })).toMatchObject({ status: 412, body: { code: "tus-version" } })
    expect(await ask(`PATCH /uploads/${id}`, { headers: { ...tus, "upload-offset": "0", "content-type": "text/plain" } })).toMatchObject({ status: 415, body: { code: "upload-content" } })
    expect((await send(id, "x", Buffer.from("123456789"))).status).toBe(415)
    expect(await offsetOf(id)).toBe(0)
  })

  test("goes when it is taken away or a day old, with its bytes; what waits has its limits", async () => {
    const key = await makeKey(office, { name: "Vol", scopes: ["deliveries:write"], clients: null, days: null }, new Date())
    const call = callerWith(api, key.secret)
    const [gone, old] = [await sent(await onePage("vijfde"), call, key.secret), await sent(await onePage("zesde"), call, key.secret)]
    expect([await piecesOf(gone), await piecesOf(old)]).toEqual([1, 1])
    expect((await call(`DELETE /uploads/${gone}`, { headers: tus })).status).toBe(204)
    await asSystem("operate", (tx) => tx.apiUpload.updateMany({ where: { id: old }, data: { beganAt: new Date(Date.now() - 25 * 3_600_000) } }))
    expect((await call(`HEAD /uploads/${old}`, { headers: tus })).status).toBe(404)
    await removeAbandoned(new Date())
    expect([await piecesOf(gone), await piecesOf(old)]).toEqual([0, 0])
    const many = Array.from({ length: 50 }, () => ({ id: newId(), keyId: key.keyId, partyId: office.partyId, name: "a.pdf", length: 100_000_000, beganAt: new Date() }))
    await asSystem("operate", (tx) => tx.apiUpload.createMany({ data: many }))
    expect(await begin(1, call)).toMatchObject({ status: 429, body: { code: "uploads-unfinished" } })
    await asSystem("operate", (tx) => tx.apiUpload.updateMany({ where: { id: many[0]?.id ?? "" }, data: { usedBy: newId() } }))
    expect((await begin(1, call)).status).toBe(201)
    await revokeKey(office, { keyId: key.keyId }, new Date())
    expect((await begin(1, call)).status).toBe(401)
  })
})
