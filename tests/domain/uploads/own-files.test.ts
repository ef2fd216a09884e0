import { createHash } from "node:crypto"
import { readdirSync } from "node:fs"
import { createServer, type Server } from "node:net"
import pg from "pg"
import sharp from "sharp"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { openFile } from "#domain/files/open-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { finishUploads } from "#domain/uploads/finish-uploads.ts"
import { beginUpload, cancelUpload, takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { sweepUploads } from "#domain/sweep/sweep-uploads.ts"
import { env } from "#platform/env.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { phonePhoto, quarters } from "../../support/images.ts"

const database = useDatabase()
let employee: Viewer
let colleague: Viewer
let employer: Viewer

beforeAll(async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const [first = "", second = ""] = (await bringInBakers(office, employerId)).values()
  employee = await viewerFor("employee", first)
  colleague = await viewerFor("employee", second)
  employer = await viewerFor("employer", employerId)
})
afterEach(() => Object.assign(env(), { CLAMD: undefined, DOSSIER_MB: 2000 }))

afterAll(closeQueue)

const stream = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream()
const kept = () => readdirSync(database.filesFolder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => one.parentPath.slice(database.filesFolder.length + 1).split("/")[0])

async function send(viewer: Viewer, name: string, bytes: Uint8Array): Promise<string> {
  const { id } = await beginUpload(viewer, { name, length: bytes.length }, today)
  await takeBytes(viewer, { uploadId: id, offset: 0, stream: stream(bytes) }, today)
  return id
}
const finish = (viewer: Viewer, uploadIds: readonly string[], more: { together?: string; sha256?: string } = {}) =>
  finishUploads(viewer, { uploadIds, together: more.together ?? null, sha256: more.sha256 ?? null }, today)
async function upload(viewer: Viewer, name: string, bytes: Uint8Array): Promise<string> {
  return (await finish(viewer, [await send(viewer, name, bytes)])).fileId
}

test("a text of 9 MB that broke off twice goes on where it was, and becomes one file, also when it is finished twice at once", async () => {
  const bytes = Buffer.alloc(9_000_000, "loon en werk ")
  const { id } = await beginUpload(employee, { name: "lang.txt", length: bytes.length }, today)
  for (const [from, to] of [[0, 1], [1, 5_000_001]] as const) {
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes.subarray(from, to)), pull: () => Promise.reject(new Error("gone")) }, { highWaterMark: 0 })
    await expect(takeBytes(employee, { uploadId: id, offset: from, stream: broken }, today)).rejects.toMatchObject({ code: "upload-broken-off" })
    expect(await viewUpload(employee, { uploadId: id }, today)).toEqual({ id, offset: to, length: bytes.length })
  }
  await expect(finish(employee, [id])).rejects.toMatchObject({ code: "upload-not-whole" })
  await expect(takeBytes(employee, { uploadId: id, offset: 0, stream: stream(bytes) }, today)).rejects.toMatchObject({ code: "upload-offset" })
  await takeBytes(employee, { uploadId: id, offset: 5_000_001, stream: stream(bytes.subarray(5_000_001)) }, today)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  expect(await Promise.all([finish(employee, [id], { sha256 }), finish(employee, [id], { sha256 })])).toEqual([{ fileId: id }, { fileId: id }])
  expect(await finish(employee, [id])).toEqual({ fileId: id })
  const opened = await openFile(employee, { fileId: id, how: "download" })
  expect((await bytesOf(opened.stream)).equals(bytes)).toBe(true)
  expect(kept().filter((place) => place !== "files")).toEqual([])
})

test("an own file is seen by its owner alone, read already, and its details say that it was not scanned", async () => {
  const fileId = await upload(employee, "notitie.txt", Buffer.from("alleen van mij"))
  expect(await viewFile(employee, { fileId })).toMatchObject({ name: "notitie.txt", mediaType: "text/plain", origin: "own", read: true, scannedAt: null, whoSees: [{ kind: "employee", reason: "placed" }] })
  for (const other of [colleague, employer]) await expect(viewFile(other, { fileId })).rejects.toThrow(NotFound)
})

test("another's upload is not there: not for a colleague, and not for the same account in another role", async () => {
  const id = await send(employee, "a.txt", Buffer.from("abc"))
  for (const other of [colleague, employer, { ...employee, partyId: colleague.partyId }]) {
    await expect(viewUpload(other, { uploadId: id }, today)).rejects.toThrow(NotFound)
    await expect(takeBytes(other, { uploadId: id, offset: 3, stream: stream(Buffer.from("x")) }, today)).rejects.toThrow(NotFound)
    await expect(cancelUpload(other, { uploadId: id }, today)).rejects.toThrow(NotFound)
    await expect(finish(other, [id])).rejects.toThrow(NotFound)
  }
  await cancelUpload(employee, { uploadId: id }, today)
  await expect(viewUpload(employee, { uploadId: id }, today)).rejects.toThrow(NotFound)
})

test("a photo is kept upright without its place, and photos become one PDF in their order", async () => {
  const fileId = await upload(employee, "IMG_1.JPG", await phonePhoto())
  const photo = await bytesOf((await openFile(employee, { fileId, how: "view" })).stream)
  expect([await quarters(photo), (await sharp(photo).metadata()).exif, photo.includes("GEHEIM")]).toEqual([["red", "red", "green", "green"], undefined, false])
  const ids = [await send(employee, "1.jpg", await phonePhoto(6)), await send(employee, "2.jpg", await phonePhoto(1))]
  const together = await finish(employee, ids, { together: "Bonnen maart" })
  expect(await viewFile(employee, together)).toMatchObject({ name: "Bonnen maart.pdf", mediaType: "application/pdf" })
  const text = await send(employee, "x.txt", Buffer.from("geen foto"))
  await expect(finish(employee, [await send(employee, "3.jpg", await phonePhoto()), text], { together: "x" })).rejects.toMatchObject({ code: "photos-only" })
})

test.each([
  ["upload-empty", 0],
  ["upload-too-large", 100_000_001],
])("%s is said before a byte has come", async (code, length) => {
  await expect(beginUpload(employee, { name: "x", length }, today)).rejects.toMatchObject({ code })
})

test("more bytes than were announced, or others than the sender has, are a changed file, and nothing is placed", async () => {
  const { id } = await beginUpload(employee, { name: "x.txt", length: 3 }, today)
  await expect(takeBytes(employee, { uploadId: id, offset: 0, stream: stream(Buffer.from("abcd")) }, today)).rejects.toMatchObject({ code: "upload-changed" })
  const other = await send(employee, "x.txt", Buffer.from("abc"))
  await expect(finish(employee, [other], { sha256: "0".repeat(64) })).rejects.toMatchObject({ code: "upload-changed" })
  await expect(viewFile(employee, { fileId: other })).rejects.toThrow(NotFound)
})

test("of ten files at once only as many are placed as fit in the dossier", async () => {
  Object.assign(env(), { DOSSIER_MB: 5 })
  const ids = []
  for (let index = 0; index < 10; index += 1) ids.push(await send(colleague, "m.txt", Buffer.alloc(1_000_000, "m")))
  const outcomes = await Promise.allSettled(ids.map((id) => finish(colleague, [id])))
  expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(5)
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(Array(5).fill("dossier-full"))
})

test("an upload of a day old is not there any more, and the sweep clears it later", async () => {
  const { id } = await beginUpload(employee, { name: "x.txt", length: 3 }, today)
  const later = (hours: number) => new Date(today.getTime() + hours * 3_600_000)
  await expect(viewUpload(employee, { uploadId: id }, later(25))).rejects.toThrow(NotFound)
  expect(await sweepUploads(new Date(Date.now() + 49 * 3_600_000))).toBeGreaterThan(0)
  expect(kept().filter((place) => place === "uploads")).toEqual([])
})

describe("with a scanner", () => {
  /** A server that speaks clamd's INSTREAM and knows one virus, the test string of EICAR. */
  async function clamd(answer?: string): Promise<{ address: string; server: Server }> {
    const eicar = `${String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR`}${"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"}`
    const server = createServer((socket) => {
      let said = Buffer.of()
      socket.on("error", () => undefined)
      socket.on("data", (piece: Buffer) => {
        said = Buffer.concat([said, piece])
        if (said.subarray(0, 10).toString() !== "zINSTREAM\0") return
        const parts: Buffer[] = []
        for (let at = 10; at + 4 <= said.length; ) {
          const length = said.readUInt32BE(at)
          if (length === 0) return void socket.end(answer ?? (Buffer.concat(parts).includes(eicar) ? "stream: Win.Test.EICAR_HDB-1 FOUND\0" : "stream: OK\0"))
          parts.push(said.subarray(at + 4, at + 4 + length))
          at += 4 + length
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    return { address: `127.0.0.1:${typeof address === "object" ? address?.port : 0}`, server }
  }
  const eicarBytes = () => Buffer.from(`${String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR`}${"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"}`)

  test("what it finds is set aside and not placed, and stands in the chain; what is clean says when it was scanned", async () => {
    const { address, server } = await clamd()
    Object.assign(env(), { CLAMD: address })
    const id = await send(employee, "factuur.txt", eicarBytes())
    await expect(finish(employee, [id])).rejects.toMatchObject({ code: "upload-infected", details: { finding: "Win.Test.EICAR_HDB-1" } })
    await expect(openFile(employee, { fileId: id, how: "view" })).rejects.toThrow(NotFound)
    expect(kept().filter((place) => place === "quarantine")).toHaveLength(1)
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    const { rows } = await owner.query("select details from audit_event where kind = 'file.quarantined' and subject_id = $1", [id])
    await owner.end()
    expect(rows).toEqual([{ details: { finding: "Win.Test.EICAR_HDB-1" } }])
    const fileId = await upload(employee, "schoon.txt", Buffer.alloc(6_000_000, "schoon "))
    expect((await viewFile(employee, { fileId })).scannedAt).toEqual(today)
    server.close()
  })

  test("that cannot be reached, or answers something else, nothing is taken; later it is", async () => {
    const id = await send(employee, "a.txt", Buffer.from("abc"))
    const { address, server } = await clamd("INSTREAM size limit exceeded. ERROR\0")
    Object.assign(env(), { CLAMD: address })
    await expect(finish(employee, [id])).rejects.toMatchObject({ code: "scan-unavailable" })
    await new Promise((resolve) => server.close(resolve))
    await expect(finish(employee, [id])).rejects.toMatchObject({ code: "scan-unavailable" })
    const well = await clamd()
    Object.assign(env(), { CLAMD: well.address })
    expect(await finish(employee, [id])).toEqual({ fileId: id })
    well.server.close()
  })
})
