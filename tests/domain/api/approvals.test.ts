import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { refuse } from "#domain/approvals/answer-approval.ts"
import { addWebhook } from "#domain/webhooks/change-webhooks.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice, startWith, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
let office: Viewer
let director: Viewer
let employerId: string
let ask: ApiCall
let path: string

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  director = await viewerFor("employer", employerId)
  ask = callerWith(api, await keyOf(office))
})

beforeEach(async () => {
  const deliveryId = await startWith(office, employerId, "maart", ["serie-overzichten-maart-2026.pdf"])
  path = `/deliveries/${deliveryId}`
  await ask(`POST ${path}/stage`)
})
const stateNow = async () => (await ask(`GET ${path}`)).body

/** A day and time in Dutch time, some days from now. */
const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00`

test("a package lays a delivery before the employer, is told of the answer by name, and lays it before again", async () => {
  expect((await ask(`GET ${path}/approvals`)).body).toEqual({ rounds: [] })
  const { body } = await ask(`POST ${path}/approvals`, { json: { comment: "Graag voor vrijdag." } })
  expect(body).toMatchObject({ rounds: [{ number: 1, answer: null, publishAt: null, entries: [{ kind: "laid", comment: "Graag voor vrijdag." }] }] })
  expect(await stateNow()).toMatchObject({ state: "reviewing" })
  await addWebhook(office, { url: "https://voorbeeld.test/haak", kinds: ["approval.refused"] }, new Date())
  expect((await ask(`POST ${path}/send`)).body).toMatchObject({ code: "delivery-reviewing" })
  await refuse(director, { roundId: idOf(body, "rounds"), comment: "Het uurloon klopt niet." }, new Date())
  expect((await ask(`GET ${path}/approvals`)).body).toMatchObject({ rounds: [{ answer: "refused", entries: [{ kind: "laid" }, { kind: "refused", comment: "Het uurloon klopt niet." }] }] })
  expect(await asSystem("operate", (tx) => tx.webhookMessage.findMany({ select: { kind: true, details: true } }))).toMatchObject([{ kind: "approval.refused", details: { employerId, round: 1 } }])
  expect((await ask(`POST ${path}/approvals`, { json: { publishAt: inDays(3) } })).body).toMatchObject({ rounds: [{ number: 1 }, { number: 2, answer: null }] })
  expect((await ask(`DELETE ${path}/approvals`)).status).toBe(204)
  expect(await stateNow()).toMatchObject({ state: "staged" })
})

test("a delivery is planned, taken back, and refused a date that cannot be", async () => {
  for (const [publishAt, code] of [["2020-01-01T12:00", "publish-past"], [inDays(400), "publish-too-far"], ["morgen", "request-invalid"]] as const) {
    expect((await ask(`POST ${path}/send`, { json: { publishAt } })).body, publishAt).toMatchObject({ code })
  }
  expect((await ask(`POST ${path}/send`, { json: { publishAt: inDays(3) } })).body).toMatchObject({ state: "planned", sentAt: null })
  expect(await asSystem("operate", (tx) => tx.dossierFile.count())).toBe(0)
  expect((await ask(`POST ${path}/take-back`)).body).toMatchObject({ state: "staged" })
})

test("another office, and a key that may only read, ask nobody for akkoord", async () => {
  const strange = callerWith(api, await keyOf(await makeOffice()))
  const reader = callerWith(api, await keyOf(office, { scopes: ["deliveries:read"] }))
  for (const line of [`GET ${path}/approvals`, `POST ${path}/approvals`, `DELETE ${path}/approvals`, `POST ${path}/take-back`]) expect((await strange(line)).status, line).toBe(404)
  for (const line of [`POST ${path}/approvals`, `DELETE ${path}/approvals`, `POST ${path}/take-back`]) expect((await reader(line)).status, line).toBe(403)
  expect((await reader(`GET ${path}/approvals`)).body).toEqual({ rounds: [] })
})
