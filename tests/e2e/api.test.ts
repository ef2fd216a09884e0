import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiAnswer, type ApiCall } from "../support/api.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { cookieFor } from "../support/cast.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sample, startWith } from "../support/house.ts"
import { knock } from "../support/knock.ts"
import { linesIn, logged } from "../support/portal-log.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { say } from "../support/say.ts"
import { goTo, mailsIn, signIn } from "./steps.ts"

let portal: TestPortal
let browser: Browser
let page: Page
let office: Viewer
let employerId: string
let secret: string
let ask: ApiCall
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  office = await makeOffice()
  await asSystem("operate", (tx) => tx.office.updateMany({ where: { id: office.partyId }, data: { email: "kantoor@kantoor.test" } }))
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  secret = await keyOf(office)
  ask = callerWith(fetch, secret, portal.url)
  browser = await openBrowser()
  page = await (await newVisitor(browser)).newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
})

const heading = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 })

describe("an owner", () => {
  let made = ""
  const employersWith = (key: string) => callerWith(fetch, key, portal.url)("GET /employers")

  test("makes a key on Koppelingen, sees it once, and is mailed", async () => {
    await signIn(page, portal, office.username, goodPassword)
    await goTo(page, "Profiel")
    await page.getByRole("link", { name: "Naar koppelingen" }).click()
    await heading("Koppelingen").waitFor()
    await page.getByLabel("Naam", { exact: true }).fill("Loon")
    await page.getByRole("button", { name: "Maak sleutel" }).click()
    await page.getByText("Kies ten minste één ding dat de sleutel mag.").first().waitFor()
    expect(await page.getByLabel("Naam", { exact: true }).inputValue()).toBe("Loon")
    await shoot(page, "koppelingen-fout")
    expect(await axeFindings(page, "connections with a fault")).toEqual([])
    await page.getByLabel("Werkgevers lezen").check()
    await page.getByLabel("Zendingen klaarzetten").check()
    await page.getByLabel("Alleen deze werkgevers").check()
    await page.getByLabel("Bakkerij De Korenmaat B.V.").check()
    await page.getByRole("button", { name: "Maak sleutel" }).click()
    await page.getByRole("heading", { name: "Uw sleutel" }).waitFor()
    made = await page.getByRole("list", { name: "De sleutel" }).innerText()
    expect(made).toMatch(/^ld_live_[\w-]{43}$/)
    await shoot(page, "koppelingen-sleutel")
    expect(await axeFindings(page, "a key that was just made")).toEqual([])
    await page.getByRole("link", { name: "Ik heb hem bewaard" }).click()
    const row = page.getByRole("table", { name: "Sleutels" }).getByRole("row").filter({ hasText: "Loon" })
    expect(await row.innerText()).toMatch(/Werkgevers lezen, Zendingen klaarzetten[\s\S]*1 werkgever[\s\S]*Nog nooit[\s\S]*Werkt/)
    expect(await page.content()).not.toContain(made)
    await expect.poll(async () => (await mailsIn(portal, "kantoor@kantoor.test")).map(({ text }) => text).join()).toContain("een sleutel gemaakt of overgenomen")
    expect((await mailsIn(portal, "kantoor@kantoor.test")).some(({ text }) => text.includes(made.slice(8)))).toBe(false)
  })

  test("sees that it is used, and ends it at once", async () => {
    expect(await employersWith(made)).toMatchObject({ status: 200, body: { rows: [{ id: employerId }] } })
    await page.reload()
    await shoot(page, "koppelingen")
    expect(await axeFindings(page, "connections")).toEqual([])
    await page.getByRole("button", { name: "Trek in: Loon" }).click()
    await shoot(page, "koppelingen-intrekken")
    await page.getByRole("dialog").getByRole("button", { name: "Trek in" }).click()
    await page.getByText("De sleutel is ingetrokken").waitFor()
    expect(await employersWith(made)).toMatchObject({ status: 401, body: { code: "key-refused" } })
    expect(troubles).toEqual([])
  })
})

test("what the API can do is told to everybody, as a page without anything of others and as OpenAPI", async () => {
  const told = await knock(portal.url, "/api/v1")
  expect([told.status, told.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
  expect(told.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/)
  await page.goto(`${portal.url}/api/v1`)
  await heading("API, Mijn LoonDossier").waitFor()
  await shoot(page, "api")
  expect(troubles).toEqual([])
  const document: unknown = JSON.parse((await knock(portal.url, "/api/v1/openapi.json")).text)
  expect(document).toMatchObject({ openapi: "3.1.0", servers: [{ url: `${portal.url}/api/v1` }] })
})

/** A form with a month of payslips that are recognised, to be sent. */
async function month(): Promise<FormData> {
  const form = new FormData()
  form.append("employerId", employerId)
  form.append("then", "send")
  form.append("file", new Blob([new Uint8Array(await sample("maart", "loonstroken-maart-2026.pdf"))]), "loonstroken.pdf")
  return form
}

const stateOf = async (id: string) => z.object({ state: z.string() }).parse((await ask(`GET /deliveries/${id}`)).body).state
const sentOf = (id: string) => asSystem("operate", (tx) => tx.dossierFile.count({ where: { deliveryId: id } }))

test("one call over the line places a month, and a worker delivers it once, however often and at once it is asked", async () => {
  const all = await Promise.all(Array.from({ length: 4 }, async () => ask("POST /deliveries", { form: await month(), named: "maart" })))
  expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true)
  const again = await ask("POST /deliveries", { form: await month(), named: "maart" })
  expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"])
  const id = idOf(again.body)
  await expect.poll(() => stateOf(id)).toBe("sent")
  expect(await sentOf(id)).toBe(24)
  expect(await asSystem("operate", (tx) => tx.delivery.count())).toBe(1)
})

const aBackup = { name: "LB005359.lda", size: 9, year: new Date().getUTCFullYear(), sha256: null }

test("over the line too every id of every operation is not there for another office", async () => {
  const other = callerWith(fetch, await keyOf(await makeOffice()), portal.url)
  const deliveryId = await startWith(office, employerId, "februari", ["journaalpost-februari-2026.pdf"])
  const { body } = await ask(`GET /deliveries/${deliveryId}`)
  const employeeId = await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId }, select: { id: true } }))
  const made = await ask("POST /webhooks", { json: { url: "https://elders.test/haak", kinds: ["delivery.sent"] } })
  const webhookId = idOf({ one: [Object(made.body).webhook] }, "one")
  const uploadId = (await ask("POST /uploads", { headers: { "Upload-Length": "9" } })).headers.get("location")?.split("/").pop() ?? ""
  const backup = await ask(`POST /employers/${employerId}/backups`, { json: aBackup })
  const ids: Record<string, string> = { backupId: idOf({ one: [backup.body] }, "one"), employerId, employeeId: employeeId.id, deliveryId, documentId: idOf(body, "documents"), fileId: idOf(body, "files"), webhookId, uploadId, messageId: webhookId }
  const closed = operations.filter(({ path }) => path.includes("{"))
  const good: Record<string, object> = { importEmployees: { employees: [{ number: "1" }] }, beginBackup: aBackup, describeBackup: { description: "Anders" }, withdrawDelivery: { reason: "wrong-amount" } }
  for (const { id, method, path, body: json, form, tus } of closed) {
    const file = new FormData()
    file.append("file", new Blob(["%PDF-1.7"]), "a.pdf")
    const headers: Record<string, string> = tus ? { "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" } : {}
    const sent = form ? { form: file } : json ? { json: good[id] ?? {} } : { headers }
    const answer = await other(`${method} ${path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? "")}`, sent)
    expect([path, answer.status, answer.body]).toMatchObject([path, 404, method === "HEAD" ? "" : { code: "not-found" }])
  }
  expect(closed.length).toBeGreaterThan(8)
  expect((await ask(`DELETE /deliveries/${deliveryId}`)).status).toBe(204)
})

const head = (named: string, length: string) =>
  ["POST /api/v1/deliveries HTTP/1.1", "Host: localhost", `Authorization: Bearer ${secret}`, `Idempotency-Key: ${named}`, "Content-Type: application/json", length, "", ""].join("\r\n")

describe("a bad line", () => {
  const json = () => JSON.stringify({ employerId })
  const started = () => asSystem("operate", (tx) => tx.delivery.count())

  test("a body that is cut off, or shorter or longer than it was said to be, begins nothing, or one; the portal stays well", async () => {
    const before = await started()
    await say(portal.url, `${head("cut", "Content-Length: 500")}${json().slice(0, 20)}`, true)
    expect(await started()).toBe(before)
    const short = await say(portal.url, `${head("short", `Content-Length: ${json().length - 5}`)}${json()}`)
    expect(short).toMatch(/^HTTP\/1\.1 400 /)
    expect(await say(portal.url, `${head("no-number", "Content-Length: x")}${json()}`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await say(portal.url, `${head("both", `Content-Length: ${json().length}\r\nTransfer-Encoding: chunked`)}${json()}`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await started()).toBe(before)
    expect(await say(portal.url, `${head("cut", `Content-Length: ${json().length}`)}${json()}`)).toMatch(/^HTTP\/1\.1 201 /)
    expect(await started()).toBe(before + 1)
    expect((await ask("GET /employers")).status).toBe(200)
  })

  test("a form that ends too soon leaves nothing", async () => {
    const before = await started()
    const sent = "--x\r\nContent-Disposition: form-data; name=\"employerId\"\r\n\r\n" + employerId + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7"
    const answer = await fetch(`${portal.url}/api/v1/deliveries`, { method: "POST", headers: { authorization: `Bearer ${secret}`, "idempotency-key": "half", "content-type": "multipart/form-data; boundary=x" }, body: sent })
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "upload-broken-off" }])
    expect(await started()).toBe(before)
  })

  test("a server that dies half way: the same request again places the month once", async () => {
    const before = await started()
    const form = await month()
    form.append("file", new Blob([new Uint8Array(await sample("maart", "serie-overzichten-maart-2026.pdf"))]), "overzicht.pdf")
    const died = ask("POST /deliveries", { form, named: "dood" }).catch(() => null)
    await expect.poll(started).toBe(before + 1)
    portal.kill("web")
    expect(await died).toBeNull()
    const again = async (): Promise<ApiAnswer | null> => ask("POST /deliveries", { form, named: "dood" }).catch(() => null)
    await expect.poll(async () => (await again())?.status, { timeout: 90_000, interval: 1000 }).toBe(201)
    const id = idOf((await again())?.body)
    await expect.poll(() => stateOf(id)).toBe("sent")
    expect([await sentOf(id), await started()]).toEqual([25, before + 1])
  })
})

test("no cookie opens it, nobody is told by a header that a browser may read it, and no key stands in a log", async () => {
  const cookie = await cookieFor(office)
  expect(await knock(portal.url, "/api/v1/employers", { headers: { Cookie: cookie } })).toMatchObject({ status: 401 })
  const answer = await knock(portal.url, "/api/v1/employers", { headers: { Authorization: `Bearer ${secret}`, Origin: "https://elders.test" } })
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([])
  expect((await knock(portal.url, `/api/v1/employers?key=${secret}`)).text).toContain("key-in-address")
  expect(logged(portal, "web")).not.toContain(secret.slice(8, 30))
  expect(linesIn(logged(portal, "web")).filter(({ level }) => level === "error")).toEqual([])
})
