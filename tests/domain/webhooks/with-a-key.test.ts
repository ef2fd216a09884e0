import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { checkKey } from "#domain/api-keys/check-key.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { changeKinds } from "#domain/webhooks/change-webhooks.ts"
import { listMessages, listWebhooks } from "#domain/webhooks/list-webhooks.ts"
import { tellWebhooks } from "#domain/webhooks/tell-webhooks.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { API_SCOPES } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { sendWebhook } from "../../../src/jobs/send-webhook.ts"
import { callerWith, idOf, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice } from "../../support/house.ts"
import { comeIn } from "../../support/staff.ts"
import { isSigned, openReceiver } from "./receiver.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

const api = apiFor(operations)
const without = API_SCOPES.filter((scope) => scope !== "webhooks:manage")
let office: Viewer
let clientId: string
let receiver: Awaited<ReturnType<typeof openReceiver>>
let ask: ApiCall

beforeAll(async () => {
  office = await makeOffice()
  clientId = await makeClient(office)
  receiver = await openReceiver()
  ask = callerWith(api, await keyOf(office, { scopes: ["webhooks:manage"] }))
})
afterAll(async () => {
  await receiver.close()
  await closeQueue()
  await closeDatabase()
})
beforeEach(async () => {
  await asSystem("operate", (tx) => tx.webhook.deleteMany())
  receiver.received.length = 0
  receiver.answerWith((_request, response) => void response.writeHead(204).end())
})

const make = (named?: string) => ask("POST /webhooks", { json: { url: receiver.url, kinds: ["delivery.sent"] }, ...(named ? { named } : {}) })
const madeOf = (body: unknown) => ({ id: String(Object(Object(body).webhook).id), secret: String(Object(body).secret) })

test("a program makes a webhook, tries it out, reads its log, sends again, changes, stops and removes it", async () => {
  const made = await make()
  expect(made).toMatchObject({ status: 201, body: { webhook: { kinds: ["delivery.sent"], stoppedAt: null, lastDeliveredAt: null }, secret: expect.stringMatching(/^whsec_/) } })
  const { id, secret } = madeOf(made.body)
  expect(JSON.stringify((await ask("GET /webhooks")).body)).not.toContain("whsec_")
  expect((await ask(`POST /webhooks/${id}/test`)).status).toBe(204)
  const messages = () => ask(`GET /webhooks/${id}/messages`)
  const messageId = idOf((await messages()).body, "rows")
  await sendWebhook({ messageId })
  expect((await messages()).body).toMatchObject({ rows: [{ id: messageId, kind: "ping", state: "delivered", tries: [{ status: 204, failure: null }] }], next: null })
  expect(receiver.received.map((one) => [one.id, isSigned(one, secret)])).toEqual([[messageId, true]])
  expect((await ask(`POST /webhooks/${id}/messages/${messageId}/send-again`)).status).toBe(204)
  await sendWebhook({ messageId })
  expect(receiver.received.map((one) => one.id)).toEqual([messageId, messageId])
  const renewed = await ask(`POST /webhooks/${id}/secret`)
  await ask(`POST /webhooks/${id}/messages/${messageId}/send-again`)
  await sendWebhook({ messageId })
  const last = receiver.received.at(-1)
  expect(last && [isSigned(last, secret), isSigned(last, String(Object(renewed.body).secret))]).toEqual([false, true])
  expect((await ask(`PATCH /webhooks/${id}`, { json: { kinds: ["approval.given"], stopped: true } })).body).toMatchObject({ kinds: ["approval.given"], stoppedWhy: "by-hand" })
  expect((await ask(`POST /webhooks/${id}/test`)).body).toMatchObject({ code: "webhook-stopped" })
  expect((await ask(`PATCH /webhooks/${id}`, { json: { stopped: false } })).body).toMatchObject({ kinds: ["approval.given"], stoppedAt: null })
  expect((await ask(`DELETE /webhooks/${id}`)).status).toBe(204)
  for (const line of [`GET /webhooks/${id}`, `DELETE /webhooks/${id}`, `GET /webhooks/${id}/messages`]) expect((await ask(line)).status).toBe(404)
})

test("the log has pages that stand still", async () => {
  const { id } = madeOf((await make()).body)
  const tell = (count: number) => asSystem("operate", async (tx) => {
    for (let one = 0; one < count; one++) await tellWebhooks(tx, { partyIds: [office.partyId], kind: "delivery.sent", details: {}, at: new Date() })
  })
  await tell(5)
  const first = Object((await ask(`GET /webhooks/${id}/messages?limit=2`)).body)
  const second = (await ask(`GET /webhooks/${id}/messages?limit=2&cursor=${first.next}`)).body
  await tell(1)
  expect((await ask(`GET /webhooks/${id}/messages?limit=2&cursor=${first.next}`)).body).toEqual(second)
  expect([first.rows.length, Object(second).rows.length]).toEqual([2, 2])
})

test("asked twice it is one, with the same secret, which stands nowhere in the clear; five is the most", async () => {
  const first = await make("een")
  expect((await make("een")).body).toEqual(first.body)
  const { id, secret } = madeOf(first.body)
  const rows = await asSystem("operate", (tx) => tx.$queryRaw<{ row: string }[]>`select r::text as row from api_request r union all select w::text from webhook w`)
  const asHex = Buffer.from(secret).toString("hex")
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.filter(({ row }) => row.includes(secret) || row.includes(asHex))).toEqual([])
  await asSystem("operate", (tx) => tx.apiRequest.updateMany({ where: { name: "een" }, data: { status: null, answerSealed: null, runningUntil: new Date(0) } }))
  const again = madeOf((await make("een")).body)
  expect([again.id, again.secret === secret]).toEqual([id, false])
  const more = await Promise.all(Array.from({ length: 6 }, () => make()))
  expect(more.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, 201, 409, 409])
})

test.each(["nergens", "ftp://elders.test/", "https://a:b@elders.test/", "https://elders.test:80/"])("%s is no address to send to", async (url) => {
  expect((await ask("POST /webhooks", { json: { url, kinds: ["delivery.sent"] } })).body).toMatchObject({ code: "webhook-address" })
})

describe("nobody else below an owner", () => {
  const sees = (viewer: Viewer) => asViewer(viewer, async (tx) => [await tx.webhook.count(), await tx.webhookMessage.count(), await tx.webhookTry.count()])
  const holderOf = async (given: Parameters<typeof keyOf>[1]) => (await checkKey(await keyOf(office, given), new Date()))?.viewer ?? office
  const colleague = async (rank: "member" | "reader") => {
    const email = `collega-${crypto.randomUUID()}@test.test`
    await addStaff(office, { name: "Collega", email, rank, clients: null }, new Date())
    return comeIn(email)
  }

  test.each([
    ["a key without it", () => holderOf({ scopes: without })],
    ["a key that reads", () => holderOf({ scopes: ["deliveries:read"] })],
    ["a key for one client", () => holderOf({ clients: [clientId] })],
    ["a member", () => colleague("member")],
    ["a reader", () => colleague("reader")],
    ["a member who says to have it", async () => ({ ...(await colleague("member")), scopes: ["webhooks:manage"] as const })],
    ["a key of another office", async () => (await checkKey(await keyOf(await makeOffice()), new Date()))?.viewer ?? office],
  ])("%s sees and changes no webhook of the office", async (_who, viewerOf) => {
    const { id: webhookId } = madeOf((await make()).body)
    await ask(`POST /webhooks/${webhookId}/test`)
    const viewer = await viewerOf()
    expect(viewer.accountId).not.toBe(office.accountId)
    expect(await sees(viewer)).toEqual([0, 0, 0])
    const isTold = viewer.scopes?.includes("webhooks:manage") ?? false
    const refused = { code: isTold ? "not-found" : "owners-only" }
    await expect(changeKinds(viewer, { webhookId, kinds: ["delivery.failed"] })).rejects.toMatchObject(refused)
    await expect(listMessages(viewer, { webhookId, after: null, limit: 1 })).rejects.toMatchObject(refused)
    expect(await listWebhooks(viewer).catch(() => [])).toEqual([])
    expect(await listWebhooks(office)).toMatchObject([{ id: webhookId, kinds: ["delivery.sent"] }])
  })

  test("a key that had it and was ended sees none", async () => {
    await make()
    const viewer = await holderOf({ scopes: ["webhooks:manage"] })
    expect((await sees(viewer))[0]).toBe(1)
    await asSystem("operate", (tx) => tx.apiKey.updateMany({ where: { id: viewer.accountId }, data: { revokedAt: new Date() } }))
    expect(await sees(viewer)).toEqual([0, 0, 0])
  })
})
