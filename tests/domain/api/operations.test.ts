import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import type { Operation } from "#auth/api-operation.ts"
import { makeKey, revokeKey } from "#domain/api-keys/make-key.ts"
import { changeOffice } from "#domain/parties/change-office.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { API_SCOPES } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import naughty from "../../corpora/naughty-strings.json" with { type: "json" }
import { callerWith, idOf, keyOf, type ApiCall, type ApiSent } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, makeSelfRunning, sample, startWith } from "../../support/house.ts"
import { counts } from "../../support/rows.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const nobody = "01990000-0000-7000-8000-000000000000"

let office: Viewer
let ask: ApiCall
let strange: ApiCall
let ids: Record<string, string>
let othersIds: Record<string, string>

/** An office with a client and a draft with one document in it: ids by their names in paths. */
async function house(wageTaxNumber: string): Promise<{ office: Viewer; ids: Record<string, string> }> {
  const by = await makeOffice()
  const employerId = await makeClient(by, wageTaxNumber)
  await bringInBakers(by, employerId).catch(() => undefined)
  const call = callerWith(api, await keyOf(by))
  const deliveryId = await startWith(by, employerId, "maart", ["journaalpost-maart-2026.pdf"])
  const { body } = await call(`GET /deliveries/${deliveryId}`)
  const [documentId = "", fileId = ""] = [idOf(body, "documents"), idOf(body, "files")]
  const backupId = idOf((await call(`POST /employers/${employerId}/backups`, { json: aBackup })).body)
  const [employeeId = ""] = (await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, take: 1 }))).map(({ id }) => id)
  const uploadId = (await begin(call)).headers.get("location")?.split("/").pop() ?? ""
  const made = await call("POST /webhooks", { json: { url: "https://elders.test/haak", kinds: ["delivery.sent"] } })
  const webhookId = idOf({ one: [Object(made.body).webhook] }, "one")
  await call(`POST /webhooks/${webhookId}/test`)
  const messageId = idOf((await call(`GET /webhooks/${webhookId}/messages`)).body, "rows")
  return { office: by, ids: { employerId, employeeId, deliveryId, documentId, fileId, uploadId, webhookId, messageId, backupId } }
}

beforeAll(async () => {
  const [first, second] = [await house("999990020L01"), await house("999990044L01")]
  office = first.office
  ids = first.ids
  othersIds = second.ids
  ask = callerWith(api, await keyOf(office))
  strange = callerWith(api, await keyOf(second.office))
})

const begin = (call: ApiCall) => call("POST /uploads", { headers: { "Upload-Length": "9", "Upload-Metadata": `filename ${btoa("a.pdf")}` } })

const fill = (path: string, by: Record<string, string>) => path.replace(/\{(\w+)\}/g, (_all, name: string) => by[name] ?? "")

const aBackup = { name: "LB005359.lda", size: 9, year: new Date().getUTCFullYear(), sha256: null }

/** Something good to send to an operation. */
async function sentTo({ body, tus, id }: Operation): Promise<ApiSent> {
  if (id === "beginBackup") return { json: aBackup }
  if (id === "describeBackup") return { json: { description: "Anders" } }
  if (id === "importEmployees") return { json: { employees: [{ number: "1", surname: "Anders" }] } }
  if (id === "withdrawDelivery") return { json: { reason: "other" } }
  if (id === "sendDelivery" || id === "askApproval" || id === "changeWebhook") return { json: {} }
  if (id === "createWebhook") return { json: { url: "https://elders.test/haak", kinds: ["delivery.sent"] } }
  if (tus) return { headers: { "Upload-Length": "9", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" } }
  if (id === "addDocuments") return { form: await aFile() }
  return body ? { json: { employerId: ids["employerId"] } } : {}
}

async function aFile(fields: Record<string, string> = {}): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append("file", new Blob([new Uint8Array(await sample("maart", "serie-overzichten-maart-2026.pdf"))]), "lijst.pdf")
  return form
}

describe("whoever has no right", () => {
  test("gets the answer of what is not there, for every id of every operation, and changes nothing", async () => {
    const before = await counts()
    const withIds = operations.filter(({ path }) => path.includes("{"))
    for (const one of withIds) {
      const names = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name)
      const tries = [ids, ...names.map((name) => ({ ...othersIds, [name]: ids[name] ?? "" })), Object.fromEntries(names.map((name) => [name, nobody]))]
      for (const by of tries) {
        const answer = await strange(`${one.method} ${fill(one.path, by)}`, await sentTo(one))
        expect([one.id, answer.status, answer.body]).toMatchObject([one.id, 404, { code: "not-found" }])
      }
      expect((await ask(`${one.method} ${fill(one.path, Object.fromEntries(names.map((name) => [name, "x'%20or%201=1"])))}`, await sentTo(one))).status).toBe(404)
    }
    expect((await strange("POST /deliveries", { json: { employerId: ids["employerId"] } })).status).toBe(404)
    expect((await strange("POST /deliveries", { json: { wageTaxNumber: "999990020L01" } })).status).toBe(404)
    expect((await strange(`GET /deliveries?employer=${ids["employerId"]}`)).body).toEqual({ rows: [], next: null })
    expect(await counts()).toEqual(before)
    expect(withIds.length).toBeGreaterThan(8)
  })

  test("needs the scope of each operation, and is told which", async () => {
    const before = await counts()
    for (const one of operations) {
      const others = API_SCOPES.filter((scope) => scope !== one.scope)
      const { keyId, secret } = await makeKey(office, { name: "Bijna alles", scopes: others, clients: null, days: null }, new Date())
      const answer = await callerWith(api, secret)(`${one.method} ${fill(one.path, ids)}`, await sentTo(one))
      expect([one.id, answer.status, answer.body]).toMatchObject([one.id, 403, { code: "scope-missing", details: { scope: one.scope } }])
      await revokeKey(office, { keyId }, new Date())
    }
    expect(await counts()).toEqual(before)
  })

  test("without a key, or with one that is nobody's, over or revoked, gets one answer, and a challenge", async () => {
    const owner = await makeOffice()
    const { keyId, secret } = await makeKey(owner, { name: "Oud", scopes: API_SCOPES, clients: null, days: null }, new Date())
    await revokeKey(owner, { keyId }, new Date())
    const over = await keyOf(owner, { days: 1, now: new Date("2026-01-01T00:00:00Z") })
    for (const one of [secret, over, `ld_live_${"a".repeat(43)}`, "x"]) {
      const answer = await callerWith(api, one)("GET /employers")
      expect(answer).toMatchObject({ status: 401, body: { code: "key-refused" } })
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="Mijn LoonDossier", error="invalid_token"')
    }
    expect((await callerWith(api, null)("GET /nonsense")).body).toMatchObject({ code: "key-missing" })
    expect((await callerWith(api, null)(`GET /employers?key=${secret}`)).body).toMatchObject({ status: 400, code: "key-in-address" })
    expect((await ask(`GET /employers?access_token=${secret}`)).body).toMatchObject({ code: "key-in-address" })
    expect((await callerWith(api, null)("GET /employers", { headers: { cookie: `sessie=${secret}`, authorization: `Basic ${secret}` } })).status).toBe(401)
  })

  test("an employer with an office reads, and can neither bring in people nor deliver, even with a key from before it had one", async () => {
    const alone = await makeSelfRunning("999990081L01")
    const call = callerWith(api, await keyOf(alone))
    const start = () => call("POST /deliveries", { json: { employerId: alone.partyId } })
    expect((await start()).status).toBe(201)
    await asSystem("operate", (tx) => changeOffice(tx, { employerId: alone.partyId, officeId: office.partyId }, new Date()))
    expect(await start()).toMatchObject({ status: 403, body: { code: "delivery-by-office" } })
    const people = { json: { employees: [{ number: "1", surname: "Anders" }] } }
    expect(await call(`PUT /employers/${alone.partyId}/employees`, people)).toMatchObject({ status: 403, body: { code: "import-by-office" } })
    expect((await call("GET /employers")).status).toBe(200)
  })
})

describe("what does not fit", () => {
  test("is refused with the field: what nobody knows, twice, too much, of another kind", async () => {
    const first = (path: string, sent?: ApiSent) => ask(path, sent).then(({ status, body }) => [status, body])
    const fieldsOf = (...names: string[]) => [422, { code: "request-invalid", fields: names.map((field) => ({ field })) }]
    expect(await first("GET /employers?nonsense=1")).toMatchObject(fieldsOf("nonsense"))
    expect(await first("GET /employers?limit=1&limit=2")).toMatchObject(fieldsOf("limit"))
    expect(await first("GET /employers?limit=201")).toMatchObject(fieldsOf("limit"))
    expect(await first("GET /employers?cursor=x")).toMatchObject(fieldsOf("cursor"))
    expect(await first("GET /deliveries?state=gone")).toMatchObject(fieldsOf("state"))
    expect(await first("POST /deliveries", { json: { employerId: ids["employerId"], admin: true } })).toMatchObject(fieldsOf("/admin"))
    expect(await first("POST /deliveries", { json: { employerId: ids["employerId"], wageTaxNumber: "999990020L01" } })).toMatchObject(fieldsOf("employerId"))
    expect(await first("POST /deliveries", { json: {} })).toMatchObject(fieldsOf("employerId"))
    expect(await first("POST /deliveries", { json: [] })).toMatchObject([422, { code: "request-invalid" }])
    for (const text of ["a\0b", "half \ud83d", "\udc00"]) expect(await first("POST /deliveries", { json: { employerId: text } })).toMatchObject(fieldsOf("/"))
    expect(await first(`PUT /employers/${ids["employerId"]}/employees`, { json: { employees: [{ number: "1", surname: "half \ud83d" }] } })).toMatchObject(fieldsOf("/"))
  })

  test("has a status of HTTP's own where HTTP has one", async () => {
    const line = { method: "POST", headers: { authorization: `Bearer ${await keyOf(office)}`, "idempotency-key": "x" } }
    const send = async (body: string, type: string, path = "/deliveries") => {
      const answer = await api(new Request(`http://localhost/api/v1${path}`, { ...line, headers: { ...line.headers, "content-type": type }, body }))
      return [answer.status, JSON.parse(await answer.text())]
    }
    expect(await send("{", "application/json")).toMatchObject([400, { code: "json-broken" }])
    expect(await send("{}", "text/plain")).toMatchObject([415, { code: "json-expected" }])
    expect(await send("{}", "application/json", `/deliveries/${ids["deliveryId"]}/stage`)).toMatchObject([400, { code: "body-not-expected" }])
    expect(await send("{}", "application/json", `/deliveries/${ids["deliveryId"]}/documents`)).toMatchObject([422, { code: "request-invalid", fields: [{ field: "/documents" }] }])
    expect(await send("x", "multipart/form-data", `/deliveries/${ids["deliveryId"]}/documents`)).toMatchObject([400, { code: "upload-broken-off" }])
    expect(await send(`["${"x".repeat(8_000_001)}"]`, "application/json")).toMatchObject([413, { code: "body-too-large" }])
    const patch = await ask("PATCH /deliveries")
    expect([patch.status, patch.headers.get("allow")]).toEqual([405, "GET, POST"])
    expect((await ask("GET /nonsense")).status).toBe(404)
  })

  test("is said in English, and in Dutch to who asks; the code stays", async () => {
    const detail = async (language: string) => (await ask("GET /nonsense", { headers: { "accept-language": language } })).body
    expect(await detail("*")).toMatchObject({ code: "not-found", detail: expect.stringMatching(/not/i) })
    expect(await detail("nl-NL, en;q=0.5")).toMatchObject({ code: "not-found", detail: expect.stringMatching(/niet/i) })
  })

  test("every naughty string gets an answer that fits, as a field, a number, a name and a cursor, and none of them a fault", async () => {
    for (const [index, text] of naughty.filter((one) => !/^\.*$/.test(one)).entries()) {
      if (index % 150 === 0) ask = callerWith(api, await keyOf(office))
      const json = await ask(`PUT /employers/${ids["employerId"]}/employees?dryRun=true`, { json: { employees: [{ number: text, surname: text, email: text, birthDate: text }] } })
      const query = await ask(`GET /deliveries?cursor=${encodeURIComponent(text.toWellFormed())}`)
      const path = await ask(`GET /employers/${encodeURIComponent(text.toWellFormed()) }`)
      expect([text, json.status < 500, query.status, path.status]).toEqual([text, true, 422, 404])
    }
  })
})
