import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { addWebhook, pingWebhook, removeWebhook, renewWebhookSecret, replayMessage, stopWebhook } from "#domain/webhooks/change-webhooks.ts"
import { listWebhooks, viewWebhook } from "#domain/webhooks/list-webhooks.ts"
import { closeMessage, openMessage, sweepWebhooks } from "#domain/webhooks/open-message.ts"
import { tellWebhooks } from "#domain/webhooks/tell-webhooks.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { mostWebhooks, retryAfter } from "#policy/webhook-kinds.ts"
import { letterFor } from "../../../src/jobs/letter-for.ts"
import { sendWebhook } from "../../../src/jobs/send-webhook.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sendOff, startWith, viewerFor } from "../../support/house.ts"
import { isSigned, openReceiver } from "./receiver.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

let office: Viewer
let bakery: string
let receiver: Awaited<ReturnType<typeof openReceiver>>
const now = new Date("2026-03-25T09:12:00Z")
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

beforeAll(async () => {
  office = await makeOffice()
  bakery = await makeClient(office)
  receiver = await openReceiver()
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

const add = (viewer = office, url = receiver.url) => addWebhook(viewer, { url, kinds: ["delivery.sent"] }, now)
const tell = (at = now, partyIds = [office.partyId]) => asSystem("operate", (tx) => tellWebhooks(tx, { partyIds, kind: "delivery.sent", details: { deliveryId: "d", documents: 24 }, at }))
const messagesOf = async (webhookId: string) => (await viewWebhook(office, { webhookId })).messages
const only = async (webhookId: string) => (await messagesOf(webhookId))[0]
const codeOf = (work: Promise<unknown>) => work.then(() => "done", (error: Error) => ("code" in error ? String(error.code) : error.constructor.name))
/** Does the job of the newest message, as the worker would. */
const send = async (webhookId: string) => sendWebhook({ messageId: (await only(webhookId))?.id ?? "" })

describe("a webhook", () => {
  test("is told of what it asked for, signed, with ids and counts and nothing else", async () => {
    const { webhookId, secret } = await add()
    await tell()
    await send(webhookId)
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toEqual([{ type: "delivery.sent", timestamp: "2026-03-25T09:12:00.000Z", data: { deliveryId: "d", documents: 24 } }])
    const [first] = receiver.received
    const known = await only(webhookId)
    expect(first?.id).toBe(known?.id)
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(first && isSigned(first, secret)).toBe(true)
    expect(first && isSigned({ ...first, body: first.body.replace("24", "25") }, secret)).toBe(false)
    expect(known).toMatchObject({ state: "delivered", tries: [{ status: 204, failure: null }] })
    await send(webhookId)
    expect(receiver.received).toHaveLength(1)
  })

  test("hears nothing of what it did not ask for, nor of another party, nor when what happened is undone", async () => {
    const { webhookId } = await add()
    await asSystem("operate", (tx) => tellWebhooks(tx, { partyIds: [office.partyId], kind: "delivery.failed", details: {}, at: now }))
    await tell(now, [bakery, (await makeOffice()).partyId])
    await asSystem("operate", async (tx) => {
      await tellWebhooks(tx, { partyIds: [office.partyId], kind: "delivery.sent", details: {}, at: now })
      throw new Error("undone")
    }).catch(() => undefined)
    expect(await messagesOf(webhookId)).toEqual([])
  })

  test("is told by whom may not see it, too: a member, a reader's colleague", async () => {
    const { webhookId } = await add()
    const member = await viewerFor("office", office.partyId)
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: member.accountId }, data: { rank: "member" } }))
    await asViewer(member, (tx) => tellWebhooks(tx, { partyIds: [office.partyId], kind: "delivery.sent", details: {}, at: now }))
    expect(await messagesOf(webhookId)).toHaveLength(1)
    expect(await asViewer(member, (tx) => tx.webhook.count())).toBe(0)
    expect(await codeOf(listWebhooks({ ...member, rank: "member" }))).toBe("owners-only")
  })

  test("is told of a delivery that is staged and sent: an office of its own, an employer of what was sent to it", async () => {
    await bringInBakers(office, bakery)
    const director = await viewerFor("employer", bakery)
    const [{ webhookId: ofOffice }, { webhookId: ofEmployer }] = [await addWebhook(office, { url: receiver.url, kinds: ["delivery.staged", "delivery.sent"] }, now), await addWebhook(director, { url: receiver.url, kinds: ["delivery.staged", "delivery.sent"] }, now)]
    const deliveryId = await startWith(office, bakery, "maart", ["loonstroken-maart-2026.pdf"])
    await sendOff(office, deliveryId)
    const told = await asSystem("operate", (tx) => tx.webhookMessage.findMany({ orderBy: { id: "asc" }, select: { webhookId: true, kind: true, details: true } }))
    const details = { deliveryId, employerId: bakery, documents: 24 }
    expect(told).toEqual([{ webhookId: ofOffice, kind: "delivery.staged", details }, { webhookId: ofOffice, kind: "delivery.sent", details }, { webhookId: ofEmployer, kind: "delivery.sent", details }])
  })

  test("gets another secret, after which the old one signs nothing", async () => {
    const { webhookId, secret } = await add()
    const renewed = await renewWebhookSecret(office, { webhookId })
    await pingWebhook(office, { webhookId }, now)
    await send(webhookId)
    const [ping] = receiver.received
    expect(ping && [isSigned(ping, secret), isSigned(ping, renewed.secret)]).toEqual([false, true])
    expect(JSON.parse(ping?.body ?? "")).toMatchObject({ type: "ping", data: {} })
  })

  test("has an address that can be one, says of what it wants to hear, and there are five at most", async () => {
    for (const url of ["", "geen", "ftp://x.test/", "http://voorbeeld.test:25/", "https://a:b@voorbeeld.test/", "https://voorbeeld.test/#x", "https://voorbeeld.test:25/", `https://voorbeeld.test/${"x".repeat(500)}`, "javascript:alert(1)"]) {
      expect(await codeOf(add(office, url)), url).toBe("webhook-address")
    }
    expect(await codeOf(addWebhook(office, { url: receiver.url, kinds: [] }, now))).toBe("webhook-kinds")
    const codes = await Promise.all(Array.from({ length: mostWebhooks + 3 }, () => codeOf(add())))
    expect(codes.toSorted()).toEqual([...Array.from({ length: mostWebhooks }, () => "done"), "webhooks-full", "webhooks-full", "webhooks-full"])
    await tell()
    const all = await listWebhooks(office)
    expect(await Promise.all(all.map(async ({ id }) => (await messagesOf(id)).length))).toEqual([1, 1, 1, 1, 1])
  })

  test("is nobody else's: not another office's, a client's, an employee's, or a member's", async () => {
    const { webhookId } = await add()
    await tell()
    const messageId = (await only(webhookId))?.id ?? ""
    const strangers = [await makeOffice(), await viewerFor("employer", bakery)]
    for (const stranger of strangers) {
      expect(await listWebhooks(stranger)).toEqual([])
      const works = [viewWebhook(stranger, { webhookId }), removeWebhook(stranger, { webhookId }), renewWebhookSecret(stranger, { webhookId }), pingWebhook(stranger, { webhookId }, now), stopWebhook(stranger, { webhookId, stop: true }, now), replayMessage(stranger, { webhookId, messageId }, now)]
      expect(new Set(await Promise.all(works.map(codeOf)))).toEqual(new Set(["not-found"]))
    }
    const other = await addWebhook(office, { url: receiver.url, kinds: ["delivery.sent"] }, now)
    expect(await codeOf(replayMessage(office, { webhookId: other.webhookId, messageId }, now))).toBe("not-found")
    expect(await codeOf(add({ ...office, kind: "employee" }))).toBe("owners-only")
    expect(await codeOf(add({ ...office, rank: "reader" }))).toBe("owners-only")
  })
})

describe("a message that is not taken in", () => {
  test("comes again, later each time, under the same id; once when two workers write down the same try", async () => {
    const { webhookId } = await add()
    receiver.answerWith((_request, response) => void response.writeHead(500).end("kapot\n\tmet \u0000 vreemde tekens"))
    await tell()
    await send(webhookId)
    expect(await only(webhookId)).toMatchObject({ state: "queued", tries: [{ status: 500, failure: "refused", answer: "kapot met vreemde tekens" }] })
    const message = await openMessage((await only(webhookId))?.id ?? "")
    const outcome = { status: null, failure: "timeout", milliseconds: 1, answer: null }
    await Promise.all([1, 2, 3].map(() => message && closeMessage(message, outcome, later(10))))
    const known = await only(webhookId)
    expect(known?.tries).toHaveLength(2)
    expect(known?.nextAt).toEqual(later(10 + retryAfter[1]))
    receiver.answerWith((_request, response) => void response.writeHead(202).end())
    await send(webhookId)
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    expect((await only(webhookId))?.state).toBe("delivered")
    const jobs = await asSystem("operate", (tx) => tx.$queryRaw<{ at: Date }[]>`select start_after as at from pgboss.job where name = 'send-webhook' and data->>'messageId' = ${known?.id ?? ""} order by start_after`)
    expect(jobs.length).toBe(3)
  })

  test("is given up after three days, and its webhook with it when nothing else was taken in; it goes on when told to, and the message is sent again", async () => {
    const { webhookId } = await add()
    await tell()
    const id = (await only(webhookId))?.id ?? ""
    for (let n = 0; n <= retryAfter.length; n++) {
      const message = await openMessage(id)
      if (message) await closeMessage(message, { status: 503, failure: "refused", milliseconds: 1, answer: "" }, later(n * 3600))
    }
    expect(await only(webhookId)).toMatchObject({ state: "failed", nextAt: null })
    expect((await listWebhooks(office))[0]).toMatchObject({ stoppedWhy: "never-answered" })
    await tell()
    expect(await messagesOf(webhookId)).toHaveLength(1)
    expect(await codeOf(replayMessage(office, { webhookId, messageId: id }, now))).toBe("webhook-stopped")
    expect(await codeOf(pingWebhook(office, { webhookId }, now))).toBe("webhook-stopped")
    await stopWebhook(office, { webhookId, stop: false }, now)
    await replayMessage(office, { webhookId, messageId: id }, now)
    await send(webhookId)
    expect(receiver.received.map((one) => one.id)).toEqual([id])
    expect((await listWebhooks(office))[0]).toMatchObject({ stoppedAt: null, stoppedWhy: null })
  })

  test("does not stop a webhook that took in something since", async () => {
    const { webhookId } = await add()
    await tell()
    const id = (await only(webhookId))?.id ?? ""
    await asSystem("operate", (tx) => tx.webhookMessage.updateMany({ data: { attempts: retryAfter.length } }))
    await pingWebhook(office, { webhookId }, now)
    await send(webhookId)
    const message = await openMessage(id)
    if (message) await closeMessage(message, { status: 500, failure: "refused", milliseconds: 1, answer: "" }, later(1))
    expect((await messagesOf(webhookId)).map(({ state }) => state)).toEqual(["delivered", "failed"])
    expect((await listWebhooks(office))[0]?.stoppedAt).toBeNull()
  })

  test("stops its webhook at once when that says to be gone; two that say so at once mail its owners one mail, which names nothing, and stopping by hand mails nobody", async () => {
    await asSystem("operate", (tx) => tx.account.update({ where: { id: office.accountId }, data: { email: "eigenaar@kantoor.test" } }))
    const member = await viewerFor("office", office.partyId)
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: member.accountId }, data: { rank: "member" } }))
    const told = () => asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "webhook-stopped" }, select: { id: true, toAddress: true, accountId: true } }))
    const { webhookId } = await add()
    await stopWebhook(office, { webhookId, stop: true }, now)
    await stopWebhook(office, { webhookId, stop: false }, now)
    await asSystem("operate", (tx) => tx.mail.deleteMany({ where: { kind: "webhook-stopped" } }))
    for (const _one of [1, 2]) await tell()
    const gone = await Promise.all((await messagesOf(webhookId)).map(({ id }) => openMessage(id)))
    await Promise.all(gone.map((one) => one && closeMessage(one, { status: 410, failure: "refused", milliseconds: 1, answer: "" }, now)))
    expect((await told()).map(({ toAddress, accountId }) => [toAddress, accountId])).toEqual([["eigenaar@kantoor.test", office.accountId]])
    const mail = await openMail((await told())[0]?.id ?? "")
    const letter = mail && (await letterFor(mail, "https://portaal.test"))
    expect(letter?.subject).toBe("Een webhook is gestopt")
    expect(`${letter?.text}${letter?.html}`).not.toContain(receiver.url)
  })

  test("stops its webhook at once when it is answered with 410", async () => {
    const { webhookId } = await add()
    receiver.answerWith((_request, response) => void response.writeHead(410).end())
    await tell()
    await send(webhookId)
    expect((await listWebhooks(office))[0]).toMatchObject({ stoppedWhy: "gone" })
  })

  test("is not sent when its webhook was stopped or removed meanwhile, and forgotten after thirty days", async () => {
    const { webhookId } = await add()
    await tell()
    const id = (await only(webhookId))?.id ?? ""
    await stopWebhook(office, { webhookId, stop: true }, now)
    await stopWebhook(office, { webhookId, stop: true }, now)
    await sendWebhook({ messageId: id })
    expect(await sweepWebhooks(later(29 * 86_400))).toBe(0)
    expect(await sweepWebhooks(later(31 * 86_400))).toBe(1)
    await removeWebhook(office, { webhookId })
    await sendWebhook({ messageId: id })
    await sendWebhook({ messageId: newId() })
    expect(receiver.received).toEqual([])
    const events = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { subjectId: webhookId }, orderBy: { seq: "asc" }, select: { kind: true } }))
    expect(events.map(({ kind }) => kind)).toEqual(["webhook.added", "webhook.stopped", "webhook.removed"])
  })
})
