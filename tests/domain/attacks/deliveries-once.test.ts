import { afterAll, beforeAll, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { placeMonth, type SentDocument } from "#domain/deliveries/place-month.ts"
import { changeNeedsApproval } from "#domain/parties/need-approval.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sample } from "../../support/house.ts"
import { onePage } from "../../support/one-page.ts"
import { counts } from "../../support/rows.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let office: Viewer
let employerId: string
let ask: ApiCall

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  ask = callerWith(apiFor(operations), await keyOf(office))
})

/** The same bytes for the same text: a PDF holds the moment at which it was made. */
const pages = new Map<string, Promise<Uint8Array>>()
function pageOf(text: string): Promise<Uint8Array> {
  const page = pages.get(text) ?? onePage(text)
  pages.set(text, page)
  return page
}

/** A form with these texts as one-page PDFs, each told to be an overview of its own period. */
async function monthOf(settings: Record<string, string>, texts: readonly string[], period = 3): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of Object.entries(settings)) form.append(name, value)
  for (const text of texts) {
    for (const [name, value] of Object.entries({ kind: "series-overview", year: "2026", period: String(period) })) form.append(name, value)
    form.append("file", new Blob([new Uint8Array(await pageOf(text))]), `${text}.pdf`)
  }
  return form
}

/** As after a process that was killed between doing it and writing down the answer. */
async function forgetAnswer(name: string): Promise<void> {
  await asSystem("operate", (tx) => tx.apiRequest.updateMany({ where: { name }, data: { status: null, answer: null, fingerprint: null, runningUntil: new Date(0) } }))
}

const uploadsOf = (deliveryId: string) => asSystem("operate", (tx) => tx.deliveryUpload.count({ where: { deliveryId } }))
const stateOf = (id: string) => asSystem("operate", (tx) => tx.delivery.findUnique({ where: { id }, select: { state: true } }))

test("a try that lost its turn half way never sends what the one that took it over has only in part", async () => {
  const deliveryId = newId()
  const files = await Promise.all(["een", "twee", "drie"].map(async (text) => ({ uploadId: newId(), name: `${text}.pdf`, bytes: await onePage(text) })))
  const told = { kind: "series-overview" as const, year: 2026, period: 5, employeeNumber: null }
  const slow = Promise.withResolvers<void>()
  const stalled = Promise.withResolvers<void>()
  const rest = Promise.withResolvers<void>()
  const under = Promise.withResolvers<void>()
  async function* documents(stopBefore: number, reached: () => void, wait: Promise<void>): AsyncGenerator<SentDocument> {
    for (const [index, { bytes, ...file }] of files.entries()) {
      if (index === stopBefore) {
        reached()
        await wait
      }
      yield { ...file, told, stream: new Blob([new Uint8Array(bytes)]).stream() }
    }
  }
  const first = placeMonth(office, { deliveryId, employerId, then: "send", documents: documents(2, stalled.resolve, slow.promise) }, new Date())
  const firstEnd = Promise.allSettled([first])
  await stalled.promise
  const second = placeMonth(office, { deliveryId, employerId, then: "send", documents: documents(1, under.resolve, rest.promise) }, new Date())
  const secondEnd = Promise.allSettled([second])
  await under.promise
  slow.resolve()
  expect((await firstEnd)[0]?.status).toBe("rejected")
  const between = await stateOf(deliveryId)
  expect(between === null || between.state === "draft").toBe(true)
  rest.resolve()
  await secondEnd
  const after = await stateOf(deliveryId)
  if (after) expect([after.state, await uploadsOf(deliveryId)]).toEqual(["sending", 3])
}, 60_000)

test("a month whose answer was lost is answered again and again; another month under its name is refused, not passed over", async () => {
  const month = () => monthOf({ employerId, then: "send" }, ["a", "b"], 6)
  const placed = await ask("POST /deliveries", { form: await month(), named: "zes" })
  expect(placed.status).toBe(201)
  await forgetAnswer("zes")
  for (const other of [["a", "c"], ["a"], ["a", "b", "c"]]) {
    const form = await monthOf({ employerId, then: "send" }, other, 6)
    expect((await ask("POST /deliveries", { form, named: "zes" })).body).toMatchObject({ code: "idempotency-reused" })
    await forgetAnswer("zes")
  }
  for (const _time of [1, 2]) {
    const again = await ask("POST /deliveries", { form: await month(), named: "zes" })
    expect([again.status, idOf(again.body)]).toEqual([201, idOf(placed.body)])
  }
}, 60_000)

test("files of which one is refused are all refused, so that the same name can be used for what was put right", async () => {
  const id = idOf((await ask("POST /deliveries", { json: { employerId } })).body)
  const form = await monthOf({}, ["goed"], 7)
  form.append("file", new Blob([new Uint8Array(await sample("maart", "werknemers.csv"))]), "werknemers.csv")
  expect((await ask(`POST /deliveries/${id}/documents`, { form, named: "zeven" })).body).toMatchObject({ code: "upload-not-supported" })
  expect(await uploadsOf(id)).toBe(0)
  expect((await ask(`POST /deliveries/${id}/documents`, { form: await monthOf({}, ["goed", "ook"], 7), named: "zeven" })).status).toBe(201)
  expect(await uploadsOf(id)).toBe(2)
}, 60_000)

test("a key passes no akkoord by: neither in one call nor in steps", async () => {
  await changeNeedsApproval(office, { employerId, needsApproval: true })
  const before = await counts()
  expect((await ask("POST /deliveries", { form: await monthOf({ employerId, then: "send" }, ["acht"], 8) })).body).toMatchObject({ code: "approval-needed" })
  expect(await counts()).toEqual(before)
  const staged = await ask("POST /deliveries", { form: await monthOf({ employerId, then: "stage" }, ["acht"], 8) })
  expect((await ask(`POST /deliveries/${idOf(staged.body)}/send`)).body).toMatchObject({ code: "approval-needed" })
  await changeNeedsApproval(office, { employerId, needsApproval: false })
}, 60_000)
