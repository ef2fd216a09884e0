import { randomBytes } from "node:crypto"
import { copyFile, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { PDFDocument } from "pdf-lib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { revokeKey } from "#domain/api-keys/make-key.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { ApiScope } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keyOf } from "../../support/api.ts"
import { openBadLine } from "../../support/bad-line.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice } from "../../support/house.ts"
import { loon, newHome, startLoon } from "./sink.ts"
import { serveApi } from "./served-api.ts"

useDatabase()

let served: Awaited<ReturnType<typeof serveApi>>
let office: Viewer
let employerId: string
let key: string
let people: Map<string, string>

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  people = await bringInBakers(office, employerId)
  key = await keyOf(office)
  served = await serveApi()
})
afterAll(async () => {
  await served?.stop()
  await closeQueue()
  await closeDatabase()
})

const around = (home = newHome(), url = served.url) => ({ url, key, home })
const json = async (args: readonly string[], more = around()) => {
  const { code, out } = await loon([...args, "--json"], more)
  return { code, told: JSON.parse(out) }
}
const deliveries = () => asSystem("operate", (tx) => tx.delivery.count())
const stateOf = (id: string) => asSystem("operate", (tx) => tx.delivery.findUnique({ where: { id }, select: { state: true } }))

/** A folder with the files of March under these names. */
async function folderOf(files: Readonly<Record<string, string>>, month = "korenmaat-2026-03"): Promise<string> {
  const folder = join(newHome(), "Korenmaat maart 2026 (één)")
  await mkdir(folder)
  for (const [name, from] of Object.entries(files)) await copyFile(join(import.meta.dirname, "../../samples", month, from), join(folder, name))
  return folder
}

const whole = {
  "loonstroken-maart-2026.pdf": "loonstroken-maart-2026.pdf",
  "Serie-overzichten maart 2026.pdf": "serie-overzichten-maart-2026.pdf",
  "journaalpost-2026-03.pdf": "journaalpost-maart-2026.pdf",
  "sepa-lonen-maart-2026.xml": "sepa-lonen-maart-2026.xml",
}
const small = (name: string) => folderOf({ [name]: "journaalpost-maart-2026.pdf" })

test("a whole month goes out of a folder in one order, and every employee has a payslip; the same order again sends nothing", async () => {
  const [folder, home] = [await folderOf(whole), newHome()]
  const first = await json(["maand", "korenmaat", folder, "--verzend"], around(home))
  expect([first.code, first.told.again, first.told.files, first.told.delivery.state]).toEqual([0, false, 4, "sending"])
  const id: string = first.told.delivery.id
  await deliver({ deliveryId: id }, new Date())
  expect(await asSystem("operate", (tx) => tx.dossierFile.count({ where: { deliveryId: id, kind: "payslip" } }))).toBe(people.size)
  expect(await json(["maand", "999990020L01", folder, "--verzend"], around(home))).toMatchObject({ code: 0, told: { again: true, delivery: { id, state: "sent" } } })
  expect(await json(["maand", "Bakkerij", folder], around())).toMatchObject({ code: 0, told: { again: true, delivery: { id } } })
  expect(await deliveries()).toBe(1)
  expect((await json(["status", id, "--wacht"])).told.state).toBe("sent")
})

test("a month that was sent is withdrawn as a whole, tried first; twice does it once, and without a reason nothing", async () => {
  const [folder] = [await small("journaalpost-2026-03.pdf")]
  const id: string = (await json(["maand", "korenmaat", folder, "--verzend"])).told.delivery.id
  expect(await json(["trek-in", id, "--reden", "bedrag"])).toMatchObject({ code: 1, told: { error: { code: "delivery-not-sent" } } })
  await deliver({ deliveryId: id }, new Date())
  expect((await loon(["trek-in", id], around())).code).toBe(2)
  const tried = await loon(["trek-in", id, "--droog"], around())
  expect([tried.code, tried.out]).toEqual([0, `Zending ${id}: 1 stuk in te trekken.\nGeopend: 0 van 1.\n`])
  expect(await json(["trek-in", id, "--reden", "bedrag", "--toelichting", "Van 999990019"])).toMatchObject({ code: 1, told: { error: { code: "note-bsn" } } })
  for (const _time of [1, 2]) expect(await json(["trek-in", id, "--reden", "bedrag", "--toelichting", "Verkeerde tabel"])).toMatchObject({ code: 0, told: { together: 1, current: 0, reason: "wrong-amount", note: "Verkeerde tabel" } })
  expect((await loon(["trek-in", id, "--droog"], around())).out).toMatch(/1 stuk ingetrokken op /)
  expect(await asSystem("operate", (tx) => tx.withdrawal.count({ where: { deliveryId: id } }))).toBe(1)
  await asSystem("operate", (tx) => tx.delivery.delete({ where: { id } }))
})

test("staged, looked at, thrown away in part and in whole, placed again, tried and sent: every command, for people and for programs", async () => {
  const [folder, home] = [await small("journaalpost-2026-03.pdf"), newHome()]
  const placed = await loon(["zet-klaar", "korenmaat", folder], around(home))
  expect([placed.code, placed.err]).toEqual([0, "Bakkerij De Korenmaat B.V.: 1 bestand.\n"])
  const id = /Zending ([0-9a-f-]{36}): klaargezet, 1 bestand, 1 stuk\./.exec(placed.out)?.[1] ?? ""
  expect((await loon(["klaar"], around())).out).toMatch(new RegExp(`${id} +Bakkerij De Korenmaat B.V. +klaargezet`))
  expect((await json(["klaar"])).told.map((one: { id: string }) => one.id)).toEqual([id])
  expect((await loon(["toon", id], around())).out).toMatch(/Journaalpost +2026-03 +(let op|goed)/)
  expect((await loon(["status"], around())).out).toContain("klaargezet")
  expect((await loon(["werkgevers"], around())).out).toContain("999990020L01")
  expect((await json(["werknemers", "korenmaat"])).told.length).toBe(people.size)
  expect((await loon(["werknemers", "korenmaat"], around())).out).toContain("Öztürk")
  const tried = await loon(["verzend", id, "--droog"], around())
  expect([tried.code, (await stateOf(id))?.state]).toEqual([0, "staged"])
  expect((await json(["verwijder", id])).told).toEqual({ removed: id, what: "delivery" })
  const again = await json(["zet-klaar", "korenmaat", folder], around(home))
  expect([again.code, again.told.again]).toEqual([0, false])
  const document: string = again.told.delivery.documents[0].id
  expect((await json(["verwijder", document])).told).toMatchObject({ removed: document, what: "document" })
  expect((await loon(["verzend", again.told.delivery.id], around())).code).not.toBe(0)
  expect((await json(["verwijder", document])).code).toBe(1)
  expect((await json(["verwijder", again.told.delivery.id])).code).toBe(0)
  const third = await json(["zet-klaar", "korenmaat", folder], around())
  expect([third.code, third.told.delivery.id !== id]).toEqual([0, true])
  expect((await json(["verzend", third.told.delivery.id, third.told.delivery.id])).told).toMatchObject([{ state: "sending" }])
})

describe("a broken line", () => {
  test("two at once place once", async () => {
    const folder = await small("betaallijst-2026-03.pdf")
    const before = await deliveries()
    const both = await Promise.all([json(["maand", "korenmaat", folder]), json(["maand", "korenmaat", folder])])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(new Set(both.map(({ told }) => told.delivery.id)).size).toBe(1)
    expect(await deliveries()).toBe(before + 1)
  })

  test.each(["SIGINT", "SIGKILL"] as const)("%s half way: the same order again places it once", async (signal) => {
    const folder = await small(`subsidielijst-2026-0${signal.length - 3}.pdf`)
    const [before, home, line] = [await deliveries(), newHome(), await openBadLine(served.url)]
    const { child, ended } = startLoon(["maand", "korenmaat", folder, "--json"], around(home, line.url))
    await line.holdAfter(3000)
    child.kill(signal)
    const { code, out } = await ended
    if (signal === "SIGINT") expect([code, JSON.parse(out).error.code]).toEqual([5, "stopped"])
    line.cut()
    line.release()
    const again = await json(["maand", "korenmaat", folder], around(home, line.url))
    expect([again.code, await deliveries()]).toEqual([0, before + 1])
    await line.stop()
  })

  test("a cut is mended by itself", async () => {
    const folder = await small("verlofstand-2026-03.pdf")
    const [before, line] = [await deliveries(), await openBadLine(served.url)]
    const { ended } = startLoon(["maand", "korenmaat", folder, "--json"], around(newHome(), line.url))
    await line.holdAfter(3000)
    line.cut()
    line.release()
    expect([(await ended).code, await deliveries()]).toEqual([0, before + 1])
    await line.stop()
  })
})

/** A folder with a payroll journal of 24 MB. */
async function largeFolder(name: string): Promise<string> {
  const pdf = await PDFDocument.create()
  pdf.addPage()
  await pdf.attach(randomBytes(24_000_000), "bijlage.bin")
  const folder = await small(name)
  await writeFile(join(folder, name), await pdf.save())
  return folder
}

test.each(["cut", "SIGKILL"])("a large file goes on where it was after %s, and is placed once", async (how) => {
  const folder = await largeFolder(how === "cut" ? "journaalpost-2026-05.pdf" : "journaalpost-2026-06.pdf")
  await asSystem("operate", (tx) => tx.apiUpload.deleteMany())
  const [before, home, line] = [await deliveries(), newHome(), await openBadLine(served.url)]
  const { child, ended } = startLoon(["zet-klaar", "korenmaat", folder, "--json"], around(home, line.url))
  await line.holdAfter(12_000_000)
  await expect.poll(() => asSystem("operate", (tx) => tx.apiUpload.findFirst({ select: { received: true } }))).toMatchObject({ received: expect.any(Number) })
  if (how === "SIGKILL") child.kill("SIGKILL")
  line.cut()
  line.release()
  const first = await ended
  const done = how === "cut" ? { code: first.code, told: JSON.parse(first.out) } : await json(["zet-klaar", "korenmaat", folder], around(home, line.url))
  expect(done).toMatchObject({ code: 0, told: { again: false, delivery: { state: "staged" } } })
  const uploads = await asSystem("operate", (tx) => tx.apiUpload.findMany({ select: { length: true, received: true, pieceSizes: true, usedBy: true } }))
  expect(uploads).toMatchObject([{ received: uploads[0]?.length, usedBy: expect.any(String) }])
  expect(uploads[0]?.pieceSizes.length).toBeGreaterThan(5)
  expect(await json(["zet-klaar", "korenmaat", folder], around(home, line.url))).toMatchObject({ code: 0, told: { again: true, delivery: { id: done.told.delivery.id } } })
  expect(await deliveries()).toBe(before + 1)
  await line.stop()
})

test("what is not right is told, and leaves nothing: an unknown number, a file that is no document, a missing scope, an ended key", async () => {
  const before = await deliveries()
  const stranger = await folderOf({ "loonstrook-999-2026-03.pdf": "journaalpost-maart-2026.pdf" })
  expect(await json(["maand", "korenmaat", stranger])).toMatchObject({ code: 1, told: { error: { code: "employee-number-unknown" } } })
  const broken = await small("journaalpost-2026-04.pdf")
  await writeFile(join(broken, "journaalpost-2026-04.pdf"), "MZ geen pdf")
  expect(await json(["maand", "korenmaat", broken])).toMatchObject({ code: 1, told: { error: { code: "upload-not-supported" } } })
  const scopes: ApiScope[] = ["deliveries:write", "deliveries:read"]
  const weak = { ...around(), key: await keyOf(office, { scopes }) }
  expect(await json(["werkgevers"], weak)).toMatchObject({ code: 1, told: { error: { code: "scope-missing", details: { scope: "employers:read" } } } })
  expect(await deliveries()).toBe(before)
  const folder = await small("loonaangifte-2026-03.pdf")
  const placed = await json(["maand", "999990020L01", folder, "--verzend"], weak)
  expect(placed).toMatchObject({ code: 1, told: { error: { code: "scope-missing", details: { scope: "deliveries:send" } } } })
  expect(await json(["werkgevers"], { ...around(), key: `${key}x` })).toMatchObject({ code: 3 })
  const { id: keyId } = await asSystem("operate", (tx) => tx.apiKey.findFirstOrThrow({ where: { hint: key.slice(-4) }, select: { id: true } }))
  await revokeKey(office, { keyId }, new Date())
  expect(await json(["werkgevers"])).toMatchObject({ code: 3, told: { error: { code: "key-refused" } } })
})
