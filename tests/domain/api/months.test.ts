import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, makeSelfRunning, sample } from "../../support/house.ts"
import { onePage } from "../../support/one-page.ts"
import { counts } from "../../support/rows.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const overviews = "serie-overzichten-maart-2026.pdf"
/** A page that says nothing of what it is or whose. */
const blank = "strook.pdf"

let office: Viewer
let employerId: string
let secret: string
let ask: ApiCall
let bakers: Map<string, string>

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  bakers = await bringInBakers(office, employerId)
  secret = await keyOf(office)
  ask = callerWith(api, secret)
})

type Sent = { fields?: Record<string, string>; file: string; name?: string }

/** A form with these files, each after its fields; the settings come first. */
async function formOf(settings: Record<string, string>, sent: readonly Sent[]): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of Object.entries(settings)) form.append(name, value)
  for (const { fields = {}, file, name = file } of sent) {
    for (const [field, value] of Object.entries(fields)) form.append(field, value)
    form.append("file", new Blob([new Uint8Array(await (file.startsWith("strook") ? onePage(file) : sample("maart", file)))]), name)
  }
  return form
}

const payslip = { kind: "payslip", year: "2026", period: "4", employeeNumber: "007" }
const place = async (settings: Record<string, string>, sent: readonly Sent[], named?: string) => ask("POST /deliveries", { form: await formOf(settings, sent), ...(named ? { named } : {}) })
const filesOf = (deliveryId: string) => asSystem("operate", (tx) => tx.dossierFile.findMany({ where: { deliveryId }, select: { kind: true, year: true, period: true, periodKind: true, dossier: { select: { ownerId: true } } } }))

describe("one call", () => {
  test("places a client's month: what is recognised and what is told, and nobody is mailed before it is sent", async () => {
    const told = { fields: payslip, file: blank, name: "loonstrook 7.pdf" }
    const answer = await place({ wageTaxNumber: "9999.90.020 l01", then: "send" }, [{ file: "loonstroken-maart-2026.pdf" }, { fields: { kind: "journal-entry", year: "2026", period: "3" }, file: "journaalpost-maart-2026.pdf" }, told])
    expect(answer).toMatchObject({ status: 201, body: { state: "sending", employerId } })
    const deliveryId = idOf(answer.body)
    await deliver({ deliveryId }, new Date())
    const files = await filesOf(deliveryId)
    expect(files.filter(({ kind, period }) => kind === "payslip" && period === 3)).toHaveLength(24)
    expect(files.filter(({ kind }) => kind === "journal-entry")).toMatchObject([{ period: 3, dossier: { ownerId: employerId } }])
    expect(files.filter(({ period }) => period === 4)).toMatchObject([{ kind: "payslip", year: 2026, periodKind: "month", dossier: { ownerId: bakers.get("7") } }])
    expect((await ask(`GET /deliveries/${deliveryId}`)).body).toMatchObject({ state: "sent" })
    const events = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { chainId: deliveryId }, select: { accountId: true } }))
    const key = await asSystem("operate", (tx) => tx.apiKey.findFirstOrThrow({ where: { partyId: office.partyId }, select: { id: true } }))
    expect(new Set(events.map(({ accountId }) => accountId))).toEqual(new Set([key.id]))
  })

  test("leaves nothing when anything in it cannot be used, and tells what", async () => {
    const before = await counts()
    const overview = { file: overviews }
    const refused = async (sent: Sent[], code: string, status = 422) => {
      const answer = await place({ employerId, then: "send" }, sent)
      expect([answer.status, answer.body]).toMatchObject([status, { code }])
      return answer.body
    }
    await refused([overview, { fields: { ...payslip, employeeNumber: "999" }, file: "journaalpost-maart-2026.pdf" }], "employee-number-unknown")
    await refused([overview, { fields: { ...payslip, period: "13" }, file: "journaalpost-maart-2026.pdf" }], "item-period-unknown")
    await refused([overview, { fields: { kind: "payslip", year: "2026", period: "4" }, file: "journaalpost-maart-2026.pdf" }], "item-needs-employee")
    await refused([overview, { fields: { ...payslip, kind: "journal-entry" }, file: "journaalpost-maart-2026.pdf" }], "item-of-employer")
    await refused([overview, { fields: payslip, file: "loonaangifte-2026-03.xml" }], "item-media-type")
    await refused([overview, { fields: { year: "2026" }, file: "journaalpost-maart-2026.pdf" }], "request-invalid")
    await refused([overview, overview], "upload-twice", 409)
    await refused([overview, { file: "werknemers.csv" }], "upload-not-supported")
    const same = [{ fields: payslip, file: blank }, { fields: payslip, file: "strook 2.pdf" }]
    expect(await refused(same, "delivery-has-red")).toMatchObject({ report: { documents: [{ check: { code: "duplicate-here" } }, { check: { code: "duplicate-here" } }] } })
    expect(await counts()).toEqual(before)
    expect((await place({ employerId, then: "send" }, [])).body).toMatchObject({ code: "request-invalid", fields: [{ field: "file" }] })
  })

  test("a thirteenth period is one where there are thirteen", async () => {
    const fours = await makeSelfRunning("999990081L01")
    await asSystem("operate", (tx) => tx.employer.updateMany({ where: { id: fours.partyId }, data: { periodKind: "four-weeks" } }))
    const call = callerWith(api, await keyOf(fours))
    const form = await formOf({ employerId: fours.partyId, then: "stage" }, [{ fields: { kind: "series-overview", year: "2026", period: "13" }, file: overviews }])
    expect(await call("POST /deliveries", { form })).toMatchObject({ status: 201, body: { state: "staged", documents: [{ period: 13, periodKind: "four-weeks" }] } })
  })

  test("who left gets a last payslip", async () => {
    await asSystem("operate", (tx) => tx.employee.updateMany({ where: { id: bakers.get("9") ?? "" }, data: { employedTo: new Date("2026-03-31") } }))
    const answer = await place({ employerId, then: "stage" }, [{ fields: { ...payslip, employeeNumber: "9" }, file: blank }])
    expect(answer).toMatchObject({ status: 201, body: { documents: [{ employee: { id: bakers.get("9") } }] } })
    expect((await ask(`DELETE /deliveries/${idOf(answer.body)}`)).status).toBe(204)
  })

  test("needs the scope to send only when it sends", async () => {
    const call = callerWith(api, await keyOf(office, { scopes: ["deliveries:write"] }))
    const form = (then: string) => formOf({ employerId, then }, [{ fields: { ...payslip, period: "5" }, file: blank }])
    expect(await call("POST /deliveries", { form: await form("send") })).toMatchObject({ status: 403, body: { details: { scope: "deliveries:send" } } })
    expect((await call("POST /deliveries", { form: await form("stage") })).status).toBe(201)
  })

  test("twice at once under one name places it once", async () => {
    const before = await asSystem("operate", (tx) => tx.delivery.count())
    const sent = [{ fields: { ...payslip, period: "6" }, file: blank }]
    const both = await Promise.all([0, 1, 2].map(() => place({ employerId, then: "send" }, sent, "juni")))
    expect(both.every(({ status }) => status === 201 || status === 409)).toBe(true)
    const again = await place({ employerId, then: "send" }, sent, "juni")
    expect(again.status).toBe(201)
    await deliver({ deliveryId: idOf(again.body) }, new Date())
    expect(await filesOf(idOf(again.body))).toHaveLength(1)
    expect(await asSystem("operate", (tx) => tx.delivery.count())).toBe(before + 1)
  })

  test("that died half way is done again as one, whatever it left", async () => {
    const { placeMonth } = await import("#domain/deliveries/place-month.ts")
    const { startDelivery } = await import("#domain/deliveries/start-delivery.ts")
    const { newId } = await import("#platform/ids.ts")
    const [deliveryId, uploadId] = [newId(), newId()]
    await startDelivery(office, { employerId, deliveryId }, new Date())
    async function* documents() {
      const told = { kind: "payslip" as const, year: 2026, period: 7, employeeNumber: "7" }
      yield { uploadId, name: "strook.pdf", told, stream: new Blob([new Uint8Array(await onePage("strook"))]).stream() }
    }
    await placeMonth(office, { deliveryId, employerId, then: "send", documents: documents() }, new Date())
    await placeMonth(office, { deliveryId, employerId, then: "send", documents: documents() }, new Date())
    expect((await ask(`GET /deliveries/${deliveryId}`)).body).toMatchObject({ state: "sending", documents: [{ period: 7 }] })
  })
})

describe("step by step", () => {
  test("begun, filled, looked at, staged and sent; and each of them twice is harmless", async () => {
    const id = idOf((await ask("POST /deliveries", { json: { employerId } })).body)
    expect((await ask(`POST /deliveries/${id}/stage`)).body).toMatchObject({ code: "delivery-empty" })
    const form = await formOf({}, [{ fields: { kind: "journal-entry", year: "2026", period: "8" }, file: "journaalpost-maart-2026.pdf" }, { fields: { kind: "series-overview", year: "2026", period: "8" }, file: overviews }])
    const added = await ask(`POST /deliveries/${id}/documents`, { form })
    expect(added).toMatchObject({ status: 201, body: { files: [{ state: "received" }, { state: "received" }], documents: [] } })
    expect((await ask(`POST /deliveries/${id}/stage?dryRun=true`)).body).toMatchObject({ ok: false, refusals: [{ code: "delivery-still-reading", count: 2 }, { code: "delivery-empty" }] })
    expect((await ask(`POST /deliveries/${id}/stage`)).body).toMatchObject({ code: "delivery-still-reading" })
    for (const { id: uploadId } of await asSystem("operate", (tx) => tx.deliveryUpload.findMany({ where: { deliveryId: id } }))) await readUpload({ uploadId })
    const { body } = await ask(`GET /deliveries/${id}`)
    const content = await api(new Request(`http://localhost/api/v1/deliveries/${id}/documents/${idOf(body, "documents")}/content`, { headers: { authorization: `Bearer ${secret}` } }))
    expect(new Uint8Array(await content.arrayBuffer())).toEqual(await sample("maart", "journaalpost-maart-2026.pdf"))
    expect((await ask(`DELETE /deliveries/${id}/documents/${idOf(body, "documents")}`)).status).toBe(204)
    expect((await ask(`DELETE /deliveries/${id}/documents/${idOf(body, "documents")}`)).status).toBe(404)
    expect((await ask(`DELETE /deliveries/${id}/files/${idOf(body, "files")}`)).status).toBe(204)
    expect((await ask(`POST /deliveries/${id}/send`)).body).toMatchObject({ code: "delivery-draft" })
    for (const _twice of [1, 2]) expect((await ask(`POST /deliveries/${id}/stage`)).body).toMatchObject({ state: "staged" })
    expect((await ask(`POST /deliveries/${id}/documents`, { form: await formOf({}, [{ file: "journaalpost-maart-2026.pdf" }]) })).body).toMatchObject({ code: "delivery-staged" })
    expect((await ask(`POST /deliveries/${id}/unstage`)).body).toMatchObject({ state: "draft" })
    await ask(`POST /deliveries/${id}/stage`)
    expect((await ask(`POST /deliveries/${id}/send?dryRun=true`)).body).toMatchObject({ ok: true, delivery: { state: "staged" } })
    for (const _twice of [1, 2]) expect((await ask(`POST /deliveries/${id}/send`)).body).toMatchObject({ state: "sending" })
    expect((await ask(`DELETE /deliveries/${id}`)).body).toMatchObject({ code: "delivery-sending" })
    await deliver({ deliveryId: id }, new Date())
    expect(await filesOf(id)).toMatchObject([{ kind: "series-overview", period: 8 }])
  })

  test("pages stand still while others begin deliveries", async () => {
    const listed = async (cursor: string) => (await ask(`GET /deliveries?employer=${employerId}&limit=2${cursor}`)).body
    const first = await listed("")
    const next = idOf({ rows: [{ id: String(Object.entries(first ?? {}).find(([name]) => name === "next")?.[1]) }] }, "rows")
    const second = await listed(`&cursor=${next}`)
    await ask("POST /deliveries", { json: { employerId } })
    expect(await listed(`&cursor=${next}`)).toEqual(second)
    expect(JSON.stringify(second)).not.toContain(idOf(first, "rows"))
  })

  test("people come in by rows: looked at, brought in, told what is wrong; twice changes nothing more", async () => {
    const path = `/employers/${employerId}/employees`
    const employees = [{ number: "100", initials: "A", surname: "Nieuw", email: "nieuw@bakker.test", birthDate: "1990-02-29" }, { number: "101", initials: "B", surname: "Nieuwer", bsn: "999990007" }, { number: "1", email: "ander@bakker.test" }]
    const seen = await ask(`PUT ${path}?dryRun=true`, { json: { employees } })
    expect(seen.body).toMatchObject({ dryRun: true, added: { count: 1 }, changed: { count: 1, rows: [{ number: "1", fields: ["email"] }] }, problems: { rows: [{ line: 1, field: "birthDate", blocking: true }] } })
    expect((await ask(`PUT ${path}`, { json: { employees } })).body).toMatchObject({ dryRun: false, added: { count: 1 }, changed: { count: 1 } })
    expect((await ask(`PUT ${path}`, { json: { employees } })).body).toMatchObject({ added: { count: 0 }, changed: { count: 0 }, same: 2 })
    expect(JSON.stringify((await ask(`GET ${path}?limit=200`)).body)).not.toContain("999990007")
  })
})
