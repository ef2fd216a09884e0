import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { openFile } from "#domain/files/open-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { sweepUploads } from "#domain/sweep/sweep-uploads.ts"
import { viewUpload } from "#domain/uploads/take-upload.ts"
import { scanWithClamd } from "#platform/clamd.ts"
import { env } from "#platform/env.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { eicar, startClamd, type Clamd } from "../../support/clamd.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { finish, placesKept, send, upload } from "../../support/own-uploads.ts"

const database = useDatabase()
let employee: Viewer
let clamd: Clamd | undefined

beforeAll(async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const [first = ""] = (await bringInBakers(office, employerId)).values()
  employee = await viewerFor("employee", first)
})
afterEach(async () => {
  Object.assign(env(), { CLAMD: undefined })
  await clamd?.stop()
  clamd = undefined
})
afterAll(closeQueue)

async function withClamd(options: Parameters<typeof startClamd>[0] = {}): Promise<void> {
  clamd = await startClamd(options)
  Object.assign(env(), { CLAMD: clamd.address })
}

const inQuarantine = () => placesKept(database).filter((place) => place === "quarantine").length

test("what is found is set aside for thirty days, nobody can open it, its upload is gone, and the chain tells what it was", async () => {
  await withClamd()
  const id = await send(employee, "factuur.txt", eicar)
  await expect(finish(employee, [id])).rejects.toMatchObject({ code: "upload-infected", details: { finding: "Win.Test.EICAR_HDB-1" } })
  for (const how of ["view", "download"] as const) await expect(openFile(employee, { fileId: id, how })).rejects.toThrow(NotFound)
  await expect(viewUpload(employee, { uploadId: id }, today)).rejects.toThrow(NotFound)
  expect([inQuarantine(), placesKept(database).includes("uploads")]).toEqual([1, false])
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query("select details from audit_event where kind = 'file.quarantined' and subject_id = $1", [id])
  await owner.end()
  expect(rows).toEqual([{ details: { finding: "Win.Test.EICAR_HDB-1" } }])
  await sweepUploads(new Date(Date.now() + 29 * 86_400_000))
  expect(inQuarantine()).toBe(1)
  await sweepUploads(new Date(Date.now() + 31 * 86_400_000))
  expect(inQuarantine()).toBe(0)
})

test("what is clean says when it was scanned, also over a socket in a folder and with more than one piece", async () => {
  await withClamd({ path: join(tmpdir(), `clamd-${process.pid}.sock`) })
  const fileId = await upload(employee, "schoon.txt", Buffer.alloc(4_300_000, "schoon "))
  expect((await viewFile(employee, { fileId })).scannedAt).toEqual(today)
})

test("a virus at the very end of a file of several pieces is found", async () => {
  await withClamd()
  const id = await send(employee, "groot.txt", Buffer.concat([Buffer.alloc(4_300_000, "tekst "), eicar]))
  await expect(finish(employee, [id])).rejects.toMatchObject({ code: "upload-infected" })
})

test.each<[string, Parameters<typeof startClamd>[0]]>([
  ["says that it has an error", { answer: () => "INSTREAM size limit exceeded. ERROR\0" }],
  ["says what nobody understands", { answer: () => "stream: misschien\0" }],
  ["says clean about something else", { answer: () => "factuur.txt: OK\0" }],
  ["says nothing and closes", { answer: () => "" }],
  ["closes half way", { after: { bytes: 200_000, act: (socket) => socket.end() } }],
  ["breaks the line half way", { after: { bytes: 200_000, act: (socket) => socket.resetAndDestroy() } }],
  ["has enough half way, and does not say of what", { after: { bytes: 200_000, act: (socket) => socket.end("INSTREAM size limit exceeded. ERROR\0") } }],
])("a scanner that %s: the file is not taken, what was sent stays, and later it is taken without being sent again", async (_how, options) => {
  const id = await send(employee, "a.txt", Buffer.alloc(400_000, "a"))
  await withClamd(options)
  await expect(finish(employee, [id])).rejects.toMatchObject({ code: "scan-unavailable" })
  await expect(viewFile(employee, { fileId: id })).rejects.toThrow(NotFound)
  await clamd?.stop()
  await expect(finish(employee, [id])).rejects.toMatchObject({ code: "scan-unavailable" })
  await withClamd()
  expect(await finish(employee, [id])).toEqual({ fileId: id })
})

test("a scanner that falls silent is given up, while it is sent to and while it is waited for", async () => {
  const pieces = async function* () {
    for (let piece = 0; piece < 20; piece += 1) yield Buffer.alloc(1_000_000)
  }
  const patience = { sending: 100, answer: 200 }
  for (const act of [() => undefined, (socket: { pause: () => unknown }) => socket.pause()]) {
    clamd = await startClamd({ after: { bytes: 10, act: (socket) => void act(socket) } })
    await expect(scanWithClamd(clamd.address, pieces(), patience)).rejects.toThrow("gives no answer")
    await clamd.stop()
  }
})

test("a scanner that thinks longer than the line may be silent is waited for", async () => {
  clamd = await startClamd({ after: { bytes: 30, act: (socket) => void setTimeout(() => socket.end("stream: OK\0"), 300) } })
  const pieces = async function* () {
    yield Buffer.alloc(100)
  }
  expect(await scanWithClamd(clamd.address, pieces(), { sending: 100, answer: 5000 })).toEqual({ found: null })
})
