import { createHash, randomBytes, randomInt } from "node:crypto"
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keyOf } from "../../support/api.ts"
import { openBadLine } from "../../support/bad-line.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice } from "../../support/house.ts"
import { answerJson, employerRow, loon, newHome, serve, startLoon, strangeKey } from "./sink.ts"
import { serveApi } from "./served-api.ts"

useDatabase()

const year = new Date().getFullYear()
let served: Awaited<ReturnType<typeof serveApi>>
let office: Viewer
let key: string
let worker: NodeJS.Timeout
let working: Promise<unknown> = Promise.resolve()

beforeAll(async () => {
  office = await makeOffice()
  await makeClient(office)
  key = await keyOf(office, { scopes: ["employers:read", "backups:read", "backups:write"] })
  served = await serveApi()
  worker = setInterval(() => (working = working.then(readWhatIsIn)), 200)
})
afterAll(async () => {
  clearInterval(worker)
  await working
  await served?.stop()
  await closeQueue()
  await closeDatabase()
})

/** What the worker does. */
async function readWhatIsIn(): Promise<void> {
  const whole = await asSystem("operate", (tx) => tx.packageBackup.findMany({ where: { state: "checking" }, select: { id: true } }))
  for (const { id } of whole) await finishBackup({ backupId: id }, new Date())
}

const around = (home = newHome(), url = served.url) => ({ url, key, home })
const json = async (args: readonly string[], more = around()) => {
  const { code, out } = await loon([...args, "--json"], more)
  return { code, told: JSON.parse(out) }
}
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const rows = (name: string) => asSystem("operate", (tx) => tx.packageBackup.count({ where: { name } }))

async function fileOf(name: string, size: number): Promise<{ path: string; bytes: Buffer; folder: string }> {
  const folder = join(newHome(), "loon één")
  await mkdir(folder)
  const [path, bytes] = [join(folder, name), randomBytes(size)]
  await writeFile(path, bytes)
  return { path, bytes, folder }
}

test("a back-up goes to the portal, is listed, and comes back as it was; the same order again sends nothing, and nothing is overwritten", async () => {
  const { path, bytes, folder } = await fileOf("LB005359.lda", 5_000_000)
  const sent = await json(["backup", "korenmaat", path, "--omschrijving", "Na de run"])
  expect(sent).toMatchObject({ code: 0, told: { again: false, backup: { state: "kept", sha256: sha256Of(bytes), size: 5_000_000, year, description: "Na de run" } } })
  expect(await json(["backup", "korenmaat", path, "--omschrijving", "Na de run"])).toMatchObject({ code: 0, told: { again: true, backup: { id: sent.told.backup.id } } })
  expect((await loon(["backups", "999990020L01"], around())).out).toMatch(/LB005359\.lda .* 5000000 .*Na de run +heel op/)
  expect(await json(["herstel", "korenmaat", folder])).toMatchObject({ code: 2, told: { error: { code: "file-exists" } } })
  const to = join(folder, "terug.lda")
  expect((await loon(["herstel", "korenmaat", "--laatste", to], around())).out).toContain("Het controlegetal klopt.")
  expect([(await readFile(to)).equals(bytes), await rows("LB005359.lda")]).toEqual([true, 1])
  expect((await stat(to)).mode & 0o777).toBe(0o600)
  expect((await json(["herstel", "korenmaat", "--id", sent.told.backup.id, "--jaar", String(year - 1), join(folder, "x")])).told.error.code).toBe("backup-unknown")
  expect((await readdir(folder)).toSorted()).toEqual(["LB005359.lda", "terug.lda"])
})

test("killed at any byte on its way there, and on its way back, the same order goes on, and what lands is whole", async () => {
  const { path, bytes, folder } = await fileOf("gedood.lda", 20_000_000)
  const [home, to] = [newHome(), join(folder, "terug.lda")]
  const killedAt = async (order: readonly string[], ms: number) => {
    const { child, ended } = startLoon([...order, "--json"], around(home))
    const timer = setTimeout(() => child.kill("SIGKILL"), ms)
    const { code } = await ended
    clearTimeout(timer)
    return code
  }
  for (const order of [["backup", "korenmaat", path], ["herstel", "korenmaat", to]]) {
    let code: number | null = null
    for (let ms = 300; code !== 0; ms += randomInt(100, 500)) code = await killedAt(order, ms)
  }
  expect([(await readFile(to)).equals(bytes), await rows("gedood.lda"), (await readdir(folder)).toSorted()]).toEqual([true, 1, ["gedood.lda", "terug.lda"]])
})

test("a cut is mended by itself: what is in is not sent again", async () => {
  const { path, bytes } = await fileOf("geknipt.lda", 9_000_000)
  const line = await openBadLine(served.url)
  const { ended } = startLoon(["backup", "korenmaat", path, "--json"], around(newHome(), line.url))
  await line.holdAfter(5_000_000)
  line.cut()
  line.release()
  const { code, out } = await ended
  expect([code, JSON.parse(out).backup.sha256, await rows("geknipt.lda")]).toEqual([0, sha256Of(bytes), 1])
  await line.stop()
})

test("two at once send one back-up", async () => {
  const { path } = await fileOf("tweemaal.lda", 3_000_000)
  const both = await Promise.all([json(["backup", "korenmaat", path]), json(["backup", "korenmaat", path])])
  expect([both.map(({ code }) => code), await rows("tweemaal.lda")]).toEqual([[0, 0], 1])
})

test("what comes back with another checksum is not put in its place, and leaves nothing", async () => {
  const backup = { id: "01999999-0000-7000-8000-000000000009", employerId: employerRow.id, year, name: "x.lda", description: "", size: 4, received: 4, sha256: sha256Of(Buffer.from("goed")), state: "kept", refusal: null, by: "x", beganAt: "2026-03-25T09:12:00.000Z", keptAt: "2026-03-25T09:12:00.000Z", pinned: false, checkedAt: null, damaged: false }
  const server = await serve((request, response) => {
    if (request.url?.endsWith("/content")) return response.writeHead(206, { "content-range": "bytes 0-3/4" }).end("fout")
    return answerJson(response, 200, { rows: [request.url?.includes("/backups") ? backup : employerRow], next: null })
  })
  const folder = newHome()
  const { code, out } = await loon(["herstel", "korenmaat", join(folder, "x.lda"), "--json"], { url: server.url, key: strangeKey })
  expect([code, JSON.parse(out).error.code, (await readdir(folder)).filter((name) => name.startsWith("x.lda"))]).toEqual([1, "checksum-wrong", []])
  await server.stop()
})

test("a key that may only read brings back and does not send; an empty file and a year that is none are no back-up", async () => {
  const { path, folder } = await fileOf("leesbaar.lda", 10)
  const reads = { ...around(), key: await keyOf(office, { scopes: ["employers:read", "backups:read"] }) }
  expect(await json(["backup", "korenmaat", path], reads)).toMatchObject({ code: 1, told: { error: { code: "scope-missing" } } })
  expect((await json(["backups", "korenmaat"], reads)).code).toBe(0)
  await writeFile(join(folder, "leeg.lda"), "")
  expect((await json(["backup", "korenmaat", join(folder, "leeg.lda")])).told.error.code).toBe("file-empty")
  expect((await json(["backup", "korenmaat", path, "--jaar", "vorig"])).told.error.code).toBe("year-wrong")
  expect((await json(["backup", "korenmaat", path, "--jaar", "2001"])).told.error.code).toBe("backup-year")
})
