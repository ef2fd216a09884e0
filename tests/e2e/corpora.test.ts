import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { removeItem } from "#domain/deliveries/remove-from-delivery.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery, type DeliveryItemView } from "#domain/deliveries/view-delivery.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { maxUploads } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { memoryOf } from "../../scripts/bench/processes.ts"
import { bringInBakers, makeClient, makeOffice, sample, today, viewerFor } from "../support/house.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signedIn, type SignedIn } from "../support/signed-in.ts"

/** A third of the odd PDFs, and those that were hardest so far; ALL=1 takes every one. */
const hardest = ["PDFBOX-4352-0.pdf", "Pages-tree-refs.pdf", "issue16263.pdf", "operator_list_cycle.pdf", "issue15893_reduced.pdf", "poppler-395-0-fuzzed.pdf"]
const corpora = join(import.meta.dirname, "../corpora")
const names = readdirSync(join(corpora, "pdf")).filter((name) => name.endsWith(".pdf")).toSorted()
const chosen = process.env["ALL"] ? names : names.filter((name, index) => index % 3 === 0 || hardest.includes(name))
const longest = 10_000
const warmUpName = "serie-overzichten-maart-2026.pdf"
const mostMemory = 512

let portal: TestPortal
let office: Viewer
let employee: Viewer
let employerId: string
let asOffice: SignedIn
let asEmployee: SignedIn
const slow = new Map<string, number>()

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "error" })
  office = await makeOffice()
  employerId = await makeClient(office)
  employee = await viewerFor("employee", (await bringInBakers(office, employerId)).get("1") ?? "")
  asOffice = await signedIn(portal, office)
  asEmployee = await signedIn(portal, employee)
})

afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await portal.stop()
})

const fresh = async () => (await startDelivery(office, { employerId }, today)).deliveryId
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(corpora, "pdf", name)))
const sentences: Readonly<Record<string, unknown>> = nl.errors

/** Does something over HTTP and remembers how long it took at most, per file. */
async function timed(name: string, work: () => Promise<Response>): Promise<{ status: number; body: Buffer }> {
  const started = performance.now()
  const answer = await work()
  const body = Buffer.from(await answer.arrayBuffer())
  slow.set(name, Math.max(slow.get(name) ?? 0, performance.now() - started))
  return { status: answer.status, body }
}

function upload(deliveryId: string, name: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return asOffice(`/api/deliveries/${deliveryId}/uploads`, { method: "POST", body, headers: { "X-File-Name": encodeURIComponent(name.toWellFormed()) } })
}

async function isRead(deliveryId: string): Promise<boolean> {
  return (await viewDelivery(office, { deliveryId })).uploads.every((one) => one.state !== "received")
}

/** An answer is the thing itself, or a refusal with a sentence. */
function expectSaid({ status, body }: { status: number; body: Buffer }, name: string): void {
  expect([409, 422], name).toContain(status)
  const { code, message } = JSON.parse(body.toString())
  expect([sentences[code], message], name).toEqual([message, message])
}

/** Uploads some files in one delivery, waits until the worker has read them, and looks at every document that came from them. */
async function throughDelivery(some: readonly string[]): Promise<string> {
  const deliveryId = await fresh()
  for (const name of some) {
    const answer = await timed(name, () => upload(deliveryId, name, bytesOf(name)))
    if (answer.status !== 201) expectSaid(answer, name)
  }
  await expect.poll(() => isRead(deliveryId), { timeout: 600_000, interval: 500 }).toBe(true)
  const { uploads, items } = await viewDelivery(office, { deliveryId })
  for (const { id, name, state, refusal } of uploads) {
    if (state === "refused") expect(typeof sentences[refusal ?? ""], name).toBe("string")
    const own = items.filter((item) => item.uploadId === id)
    expect(own.length > 0, name).toBe(state === "read")
    for (const item of own.slice(0, 3)) await lookAt(name, item)
  }
  return deliveryId
}

/** Reads and paints one sound PDF first: what it costs to start PDFium is no odd PDF's time. */
async function warmUp(): Promise<void> {
  const deliveryId = await fresh()
  await upload(deliveryId, warmUpName, new Uint8Array(await sample("maart", "serie-overzichten-maart-2026.pdf")))
  await expect.poll(() => isRead(deliveryId), { timeout: 60_000 }).toBe(true)
  const [item] = (await viewDelivery(office, { deliveryId })).items
  expect((await asOffice(`/api/deliveries/items/${item?.id}/page?page=1&width=800`)).status).toBe(200)
}

async function lookAt(name: string, item: DeliveryItemView): Promise<void> {
  for (const page of new Set([1, item.pages.length])) {
    const picture = await timed(name, () => asOffice(`/api/deliveries/items/${item.id}/page?page=${page}&width=800`))
    if (picture.status === 200) expect(picture.body.subarray(1, 4).toString(), name).toBe("PNG")
    else expectSaid(picture, name)
  }
  const inline = await timed(name, () => asOffice(`/api/deliveries/items/${item.id}`))
  expect([inline.status, inline.body.length], name).toEqual([200, item.size])
}

/** Gives every third document to the employee, takes the others out, sends, and compares what the employee downloads with what the office saw. */
async function toEmployee(deliveryId: string): Promise<void> {
  const { items, uploads } = await viewDelivery(office, { deliveryId })
  const nameOf = new Map(uploads.map((one) => [one.id, one]))
  const seen = new Map<string, Buffer>()
  for (const [index, item] of items.entries()) {
    if (index % 3 > 0) {
      await removeItem(office, { itemId: item.id })
      continue
    }
    const from = nameOf.get(item.uploadId)
    const { body } = await timed(from?.name ?? "", () => asOffice(`/api/deliveries/items/${item.id}`))
    if (from && item.pages.length === from.pages) expect(body.equals(bytesOf(from.name)), from.name).toBe(true)
    seen.set(item.id, body)
    const when = { year: 2000 + Math.floor(index / 12), period: 1 + (index % 12), periodKind: "month" } as const
    await assignItem(office, { itemId: item.id, kind: "payslip", employeeId: employee.partyId, ...when })
  }
  await stageDelivery(office, { deliveryId }, today)
  await sendDelivery(office, { deliveryId })
  await expect.poll(async () => (await viewDelivery(office, { deliveryId })).delivery.state, { timeout: 60_000 }).toBe("sent")
  for (const { id, fileId, uploadId } of (await viewDelivery(office, { deliveryId })).items) {
    const name = nameOf.get(uploadId)?.name ?? ""
    const { status, body } = await timed(name, () => asEmployee(`/api/files/${fileId}?how=download`))
    expect([status, body.equals(seen.get(id) ?? Buffer.of())], name).toEqual([200, true])
  }
}

/** How long the worker was busy with each upload, in seconds, longest first. */
async function readingTimes(): Promise<{ name: string; seconds: number }[]> {
  const owner = new pg.Client({ connectionString: portal.databaseUrl })
  await owner.connect()
  const { rows } = await owner.query<{ name: string; seconds: number }>(`
    select u.name, extract(epoch from j.completed_on - j.started_on)::float as seconds
    from pgboss.job j join delivery_upload u on u.id = (j.data->>'uploadId')::uuid where j.name = 'read-upload' order by seconds desc`)
  await owner.end()
  return rows
}

test("every odd PDF goes from upload to an employee's download, or is refused in a sentence", { timeout: 900_000 }, async () => {
  const pids = [portal.pidOf("web"), portal.pidOf("worker")]
  await warmUp()
  for (let from = 0; from < chosen.length; from += maxUploads) await toEmployee(await throughDelivery(chosen.slice(from, from + maxUploads)))
  expect([portal.pidOf("web"), portal.pidOf("worker")]).toEqual(pids)

  const [web = 0, worker = 0] = pids.map((pid) => Math.round(memoryOf(pid ?? 0).peak))
  const reading = (await readingTimes()).filter(({ name }) => name !== warmUpName)
  const answers = [...slow].toSorted(([, one], [, other]) => other - one).slice(0, 3).map(([name, time]) => `${name} ${Math.round(time)} ms`)
  const reads = reading.slice(0, 3).map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`)
  console.info(`${chosen.length} odd PDFs; peaks: web ${web} MB, worker ${worker} MB; slowest to read: ${reads.join(", ")}; slowest answers: ${answers.join(", ")}`)
  expect(reading.length).toBeGreaterThan(chosen.length * 0.9)
  expect(reading.filter(({ seconds }) => seconds * 1000 > longest)).toEqual([])
  expect(Math.max(web, worker)).toBeLessThan(mostMemory)
})

test("any name a file can have is taken, kept as text, and shown on the page of the delivery", async () => {
  const naughty: string[] = JSON.parse(readFileSync(join(corpora, "naughty-strings.json"), "utf8"))
  for (let from = 0; from < naughty.length; from += maxUploads) {
    const deliveryId = await fresh()
    const some = naughty.slice(from, from + maxUploads)
    const left = [...some.entries()]
    const sendOn = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const [index, name] = next
        const answer = await upload(deliveryId, name, Buffer.from(`<a>${index}</a>`))
        expect([answer.status, await answer.json()], JSON.stringify(name)).toEqual([201, { uploadId: expect.any(String) }])
      }
    }
    await Promise.all(Array.from({ length: 4 }, sendOn))
    expect((await viewDelivery(office, { deliveryId })).uploads.map((one) => one.name).toSorted()).toEqual(some.map(cleanFileName).toSorted())
    const page = await asOffice(`/kantoor/zendingen/${deliveryId}`)
    expect(page.status).toBe(200)
    expect((await page.text()).includes("<script>alert")).toBe(false)
  }
})

test("a name that cannot be read is refused in a sentence; a missing or endless one gets a name all the same", async () => {
  const deliveryId = await fresh()
  let count = 0
  const withHeader = async (headers: Record<string, string>) => {
    const body = Buffer.from(`<b>${(count += 1)}</b>`)
    const answer = await asOffice(`/api/deliveries/${deliveryId}/uploads`, { method: "POST", body, headers })
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) }
  }
  for (const wrong of ["%", "%E0%A4%A", "%ff%fe", "a%zz.pdf"]) {
    const answer = await withHeader({ "X-File-Name": wrong })
    expect(answer.status).toBe(422)
    expectSaid(answer, wrong)
  }
  expect((await withHeader({})).status).toBe(201)
  expect((await withHeader({ "X-File-Name": "a".repeat(10_000) })).status).toBe(201)
  expect((await withHeader({ "X-File-Name": "%00%0d%0a..%2f..%2fetc%2fpasswd%00" })).status).toBe(201)
  expect((await viewDelivery(office, { deliveryId })).uploads.map((one) => one.name)).toEqual(["bestand", "a".repeat(255), "passwd"])
})
