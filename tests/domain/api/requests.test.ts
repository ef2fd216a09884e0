import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { beginRequest, forgetRequest, keepAnswer, keepRunning, sweepRequests } from "#domain/api-keys/remember-request.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { apiLimits } from "#policy/api-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sample } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const print = new Uint8Array([1, 2, 3])
const at = new Date("2026-11-30T12:00:00Z")
const later = (milliseconds: number) => new Date(at.getTime() + milliseconds)

let office: Viewer
let employerId: string
let ask: ApiCall
let keyId: string

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  ask = callerWith(api, await keyOf(office))
  keyId = (await asSystem("operate", (tx) => tx.apiKey.findFirstOrThrow({ select: { id: true } }))).id
})

const deliveries = () => asSystem("operate", (tx) => tx.delivery.count())
const start = (named: string, to = employerId) => ask("POST /deliveries", { json: { employerId: to }, named })

describe("a request that names itself", () => {
  test("gives the same answer to the same, and is done once", async () => {
    const before = await deliveries()
    const first = await start("een")
    const again = await start("een")
    expect(again.body).toEqual(first.body)
    expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([null, "true"])
    expect(await deliveries()).toBe(before + 1)
  })

  test("is refused for something else under the same name, and is no other key's", async () => {
    await start("twee")
    const other = await start("twee", await makeClient(office, "999990044L01"))
    expect(other).toMatchObject({ status: 422, body: { code: "idempotency-reused" } })
    expect((await ask("POST /deliveries", { json: { wageTaxNumber: "999990020L01" }, named: "twee" })).body).toMatchObject({ code: "idempotency-reused" })
    const stranger = callerWith(api, await keyOf(office))
    expect((await stranger("POST /deliveries", { json: { employerId }, named: "twee" })).headers.get("idempotent-replayed")).toBeNull()
  })

  test("twenty at once do it once: the others hear that it is being done, or the answer", async () => {
    const before = await deliveries()
    const all = await Promise.all(Array.from({ length: 20 }, () => start("tegelijk")))
    expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(new Set(all.filter(({ status }) => status === 201).map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await deliveries()).toBe(before + 1)
    expect((await start("tegelijk")).status).toBe(201)
  })

  test("goes by what a form holds, not by the line between its parts", async () => {
    const bytes = new Uint8Array(await sample("maart", "journaalpost-maart-2026.pdf"))
    const { body } = await start("voor-een-formulier")
    const id = typeof body === "object" && body !== null && "id" in body ? String(body.id) : ""
    const formOf = (period: string, content = bytes) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ kind: "journal-entry", year: "2026", period })) form.append(name, value)
      form.append("file", new Blob([content]), "journaal.pdf")
      return form
    }
    const first = await ask(`POST /deliveries/${id}/documents`, { form: formOf("3"), named: "formulier" })
    expect(first.status).toBe(201)
    expect((await ask(`POST /deliveries/${id}/documents`, { form: formOf("3"), named: "formulier" })).body).toEqual(first.body)
    expect((await ask(`POST /deliveries/${id}/documents`, { form: formOf("4"), named: "formulier" })).body).toMatchObject({ code: "idempotency-reused" })
    expect((await ask(`POST /deliveries/${id}/documents`, { form: formOf("3", bytes.slice(0, -1)), named: "formulier" })).body).toMatchObject({ code: "idempotency-reused" })
    expect(await asSystem("operate", (tx) => tx.deliveryUpload.count({ where: { deliveryId: id } }))).toBe(1)
  })

  test("may be tried again under the same name after a refusal, because nothing happened", async () => {
    expect((await start("geweigerd", "01990000-0000-7000-8000-000000000000")).status).toBe(404)
    expect((await start("geweigerd")).status).toBe(201)
  })

  test("is asked for: without a name nothing is done", async () => {
    const before = await deliveries()
    for (const named of ["", "a b", "x".repeat(201)]) expect(await ask("POST /deliveries", { json: { employerId }, named })).toMatchObject({ status: 400, body: { code: "idempotency-key-missing" } })
    expect(await deliveries()).toBe(before)
  })
})

describe("a process that dies half way", () => {
  const named = () => ({ keyId, name: crypto.randomUUID() })

  test("holds the name until it was not heard of for a while; then it is done again under the id that was planned", async () => {
    const request = named()
    const first = await beginRequest(request, print, at)
    await expect(beginRequest(request, print, later(apiLimits.lease - 1))).rejects.toMatchObject({ code: "idempotency-running" })
    await keepRunning(request, later(10_000))
    await expect(beginRequest(request, print, later(apiLimits.lease + 5000))).rejects.toMatchObject({ code: "idempotency-running" })
    expect(await beginRequest(request, print, later(10_000 + apiLimits.lease))).toEqual(first)
  })

  test("two that take it over at once are one", async () => {
    const request = named()
    await beginRequest(request, print, at)
    const both = await Promise.allSettled([0, 1].map(() => beginRequest(request, print, later(apiLimits.lease))))
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
  })

  test("after the delivery was begun leaves one delivery", async () => {
    const request = named()
    const begun = await beginRequest(request, null, at)
    const plannedId = "plannedId" in begun ? begun.plannedId : ""
    const before = await deliveries()
    const { startDelivery } = await import("#domain/deliveries/start-delivery.ts")
    await startDelivery(office, { employerId, deliveryId: plannedId }, at)
    await asSystem("operate", (tx) => tx.apiRequest.updateMany({ where: { name: request.name }, data: { runningUntil: at } }))
    const answer = await start(request.name)
    expect(answer).toMatchObject({ status: 201, body: { id: plannedId } })
    expect(await deliveries()).toBe(before + 1)
  })

  test("an answer that is kept is not changed by whoever comes late, and is forgotten after a day", async () => {
    const request = named()
    await beginRequest(request, print, at)
    await keepAnswer(request, { fingerprint: print, status: 201, answer: "een" })
    await keepAnswer(request, { fingerprint: print, status: 201, answer: "ander" })
    await forgetRequest(request)
    expect(await beginRequest(request, print, later(1000))).toMatchObject({ status: 201, answer: "een" })
    expect(await beginRequest(request, new Uint8Array([9]), later(apiLimits.remembered + 1))).toHaveProperty("plannedId")
    await asSystem("operate", (tx) => tx.apiRequest.updateMany({ where: { name: request.name }, data: { createdAt: at } }))
    expect(await sweepRequests(later(apiLimits.remembered + 1))).toBeGreaterThan(0)
  })
})
