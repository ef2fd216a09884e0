import { createHash, randomBytes } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { apiFor } from "#auth/api-door.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, idOf, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const year = new Date().getUTCFullYear()
let office: Viewer
let employerId: string
let ask: ApiCall
let secret: string

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  secret = await keyOf(office)
  ask = callerWith(api, secret)
})

const bytes = randomBytes(5_000_000)
const sha256 = createHash("sha256").update(bytes).digest("hex")
const digest = `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`
const announced = { name: "LB005359.lda", size: bytes.length, year, sha256, description: "Door loon" }
const patch = (id: string, offset: number, part: Uint8Array) => ask(`PATCH /backups/${id}/upload`, { bytes: part, headers: { "Tus-Resumable": "1.0.0", "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" } })
const content = (id: string, headers: Record<string, string> = {}) => api(new Request(`http://localhost:3000/api/v1/backups/${id}/content`, { headers: { Authorization: `Bearer ${secret}`, ...headers } }))

test("a program begins a back-up, sends it in parts, asks how far it is, and gets it back with its checksum", async () => {
  const id = idOf((await ask(`POST /employers/${employerId}/backups`, { json: announced, named: "een" })).body)
  expect(idOf((await ask(`POST /employers/${employerId}/backups`, { json: announced, named: "een" })).body)).toBe(id)
  expect((await patch(id, 0, bytes.subarray(0, 1_000_001))).headers.get("upload-offset")).toBe("1000001")
  const head = await ask(`HEAD /backups/${id}/upload`, { headers: { "Tus-Resumable": "1.0.0" } })
  expect([head.headers.get("upload-offset"), head.headers.get("upload-length"), head.headers.get("tus-resumable")]).toEqual(["1000001", "5000000", "1.0.0"])
  expect(await patch(id, 5, bytes.subarray(5))).toMatchObject({ status: 409, body: { code: "upload-offset" } })
  expect(await patch(id, 1_000_001, bytes.subarray(1_000_000))).toMatchObject({ status: 422, body: { code: "upload-changed" } })
  await patch(id, 1_000_001, bytes.subarray(1_000_001))
  expect((await ask(`GET /backups/${id}`)).body).toMatchObject({ state: "checking", received: bytes.length })
  await finishBackup({ backupId: id }, new Date())
  expect((await ask(`GET /backups/${id}`)).body).toMatchObject({ state: "kept", sha256, size: bytes.length, description: "Door loon", by: "Salarispakket", pinned: false, damaged: false })
  const answer = await content(id)
  expect([answer.status, ...["content-length", "repr-digest", "content-digest"].map((name) => answer.headers.get(name))]).toEqual([200, "5000000", digest, digest])
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
})

test("a range of it is answered as such, with the digest of the whole alone, and one past the end is refused", async () => {
  const { rows } = z.object({ rows: z.array(z.object({ id: z.string() })) }).parse((await ask(`GET /employers/${employerId}/backups?year=${year}`)).body)
  const id = rows[0]?.id ?? ""
  const part = await content(id, { Range: "bytes=4194300-4194309" })
  expect([part.status, part.headers.get("content-range"), part.headers.get("repr-digest"), part.headers.get("content-digest")]).toEqual([206, "bytes 4194300-4194309/5000000", digest, null])
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(4_194_300, 4_194_310))).toBe(true)
  const past = await content(id, { Range: "bytes=5000000-" })
  expect([past.status, past.headers.get("content-range"), await past.json()]).toMatchObject([416, "bytes */5000000", { code: "range-past-end" }])
})

test("a program describes, pins, makes loose and removes a back-up, and one that may only read does none of it", async () => {
  const id = idOf((await ask(`GET /employers/${employerId}/backups`)).body, "rows")
  await ask(`PUT /backups/${id}/description`, { json: { description: "Anders" } })
  await ask(`PUT /backups/${id}/pin`)
  expect((await ask(`GET /backups/${id}`)).body).toMatchObject({ description: "Anders", pinned: true })
  await ask(`DELETE /backups/${id}/pin`)
  expect((await ask(`GET /backups/${id}`)).body).toMatchObject({ pinned: false })
  const reads = callerWith(api, await keyOf(office, { scopes: ["backups:read"] }))
  expect((await reads(`GET /backups/${id}`)).status).toBe(200)
  for (const line of [`DELETE /backups/${id}`, `PUT /backups/${id}/pin`, `PATCH /backups/${id}/upload`, `POST /employers/${employerId}/backups`]) expect(await reads(line), line).toMatchObject({ status: 403, body: { code: "scope-missing" } })
  expect((await ask(`DELETE /backups/${id}`)).status).toBe(204)
  expect((await ask(`GET /backups/${id}`)).status).toBe(404)
})

test("a list goes a page at a time and holds the kept alone", async () => {
  for (const name of ["a", "b", "c"]) {
    const id = idOf((await ask(`POST /employers/${employerId}/backups`, { json: { ...announced, name, size: 1, sha256: null } })).body)
    await patch(id, 0, Buffer.from(name))
    if (name !== "b") await finishBackup({ backupId: id }, new Date())
  }
  const shape = z.object({ rows: z.array(z.object({ name: z.string() })), next: z.string().nullable() })
  const first = shape.parse((await ask(`GET /employers/${employerId}/backups?limit=1`)).body)
  const second = shape.parse((await ask(`GET /employers/${employerId}/backups?limit=1&cursor=${first.next}`)).body)
  expect([first.rows, second.rows, second.next]).toEqual([[{ name: "c" }], [{ name: "a" }], null])
})

test("a key for some clients finds no back-up of another", async () => {
  const other = await makeClient(office, "999990020L07")
  const some = callerWith(api, await keyOf(office, { clients: [other] }))
  const id = idOf((await ask(`GET /employers/${employerId}/backups`)).body, "rows")
  for (const line of [`GET /backups/${id}`, `GET /backups/${id}/content`, `HEAD /backups/${id}/upload`, `DELETE /backups/${id}`, `GET /employers/${employerId}/backups`]) expect((await some(line)).status, line).toBe(404)
  expect((await some(`GET /employers/${other}/backups`)).body).toEqual({ rows: [], next: null })
})
