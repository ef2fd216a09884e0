import { afterAll, beforeAll, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice } from "../../support/house.ts"
import { onePage } from "../../support/one-page.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const tus = { "Tus-Resumable": "1.0.0" }
const told = { kind: "payslip", year: 2026, period: 4, employeeNumber: "7" }
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

async function sent(words: string): Promise<string> {
  const bytes = await onePage(words)
  const begun = await ask("POST /uploads", { headers: { ...tus, "Upload-Length": String(bytes.length), "Upload-Metadata": `filename ${Buffer.from("strook.pdf").toString("base64")}` } })
  const id = begun.headers.get("location")?.split("/").pop() ?? ""
  const headers = { ...tus, authorization: `Bearer ${secret}`, "content-type": "application/offset+octet-stream", "upload-offset": "0" }
  await api(new Request(`http://localhost/api/v1/uploads/${id}`, { method: "PATCH", headers, body: new Uint8Array(bytes) }))
  return id
}

test("an upload that several requests place at once is in one delivery", async () => {
  const id = await sent("tegelijk")
  const answers = await Promise.all([4, 5, 6].map((period) => ask("POST /deliveries", { json: { employerId, documents: [{ uploadId: id, ...told, period }] } })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422])
  expect(answers.filter(({ status }) => status === 422).map(({ body }) => Object(body).code)).toEqual(["upload-unknown", "upload-unknown"])
})

test("an upload begun long before it was used is there for the same request an hour long", async () => {
  const id = await sent("lang geleden")
  await asSystem("operate", (tx) => tx.apiUpload.updateMany({ where: { id }, data: { beganAt: new Date(Date.now() - 5 * 3_600_000) } }))
  const place = () => ask("POST /deliveries", { json: { employerId, documents: [{ uploadId: id, ...told, period: 7 }] }, named: "lang" })
  const first = idOf((await place()).body)
  await sent("een volgende")
  await asSystem("operate", (tx) => tx.apiRequest.updateMany({ where: { name: "lang" }, data: { status: null, answerSealed: null, runningUntil: new Date(0) } }))
  const again = await place()
  expect([again.status, idOf(again.body)]).toEqual([201, first])
})

test("an upload that is in a delivery stays so when its request is done again and refused", async () => {
  const id = await sent("al geplaatst")
  const place = (named: string) => ask("POST /deliveries", { json: { employerId, documents: [{ uploadId: id, ...told, period: 8 }] }, named })
  expect((await place("eens")).status).toBe(201)
  await asSystem("operate", async (tx) => {
    await tx.apiRequest.updateMany({ where: { name: "eens" }, data: { status: null, answerSealed: null, runningUntil: new Date(0) } })
    await tx.employee.updateMany({ where: { employerId, number: "7" }, data: { number: "70" } })
  })
  await place("eens")
  await asSystem("operate", (tx) => tx.employee.updateMany({ where: { employerId, number: "70" }, data: { number: "7" } }))
  expect((await place("anders")).body).toMatchObject({ code: "upload-unknown" })
})
