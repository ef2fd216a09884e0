import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { PDFDocument, StandardFonts } from "pdf-lib"
import pg from "pg"
import sharp from "sharp"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { openFile } from "#domain/files/open-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { readTexts } from "#domain/search/read-texts.ts"
import { searchFiles } from "#domain/search/search-files.ts"
import { binFiles } from "#domain/sharing/bin-files.ts"
import { sweepBin } from "#domain/sharing/sweep-bin.ts"
import { beginUpload, cancelUpload, takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { env } from "#platform/env.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { phonePhoto, quarters } from "../../support/images.ts"
import { officeParts, packageOf } from "../../support/office-documents.ts"
import { finish, placesKept, send, streamFrom, upload } from "../../support/own-uploads.ts"

const database = useDatabase()
const heic = readFileSync(new URL("../../images/half-red-half-green.heic", import.meta.url))
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
afterAll(closeQueue)

test("a text of 9 MB that broke off twice goes on where it was, and becomes one file, also when it is finished twice at once", async () => {
  const bytes = Buffer.alloc(9_000_000, "loon en werk ")
  const { id } = await beginUpload(employee, { name: "lang.txt", length: bytes.length }, today)
  for (const [from, to] of [[0, 1], [1, 5_000_001]] as const) {
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes.subarray(from, to)), pull: () => Promise.reject(new Error("gone")) }, { highWaterMark: 0 })
    await expect(takeBytes(employee, { uploadId: id, offset: from, stream: broken }, today)).rejects.toMatchObject({ code: "upload-broken-off" })
    expect(await viewUpload(employee, { uploadId: id }, today)).toEqual({ id, offset: to, length: bytes.length })
  }
  await expect(finish(employee, [id])).rejects.toMatchObject({ code: "upload-not-whole" })
  await expect(takeBytes(employee, { uploadId: id, offset: 0, stream: streamFrom(bytes) }, today)).rejects.toMatchObject({ code: "upload-offset" })
  await takeBytes(employee, { uploadId: id, offset: 5_000_001, stream: streamFrom(bytes.subarray(5_000_001)) }, today)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  expect(await Promise.all([finish(employee, [id], { sha256 }), finish(employee, [id], { sha256 })])).toEqual([{ fileId: id }, { fileId: id }])
  expect(await finish(employee, [id])).toEqual({ fileId: id })
  const opened = await openFile(employee, { fileId: id, how: "download" })
  expect((await bytesOf(opened.stream)).equals(bytes)).toBe(true)
  expect(placesKept(database).filter((place) => place !== "files")).toEqual([])
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
    await expect(takeBytes(other, { uploadId: id, offset: 3, stream: streamFrom(Buffer.from("x")) }, today)).rejects.toThrow(NotFound)
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
  await expect(takeBytes(employee, { uploadId: id, offset: 0, stream: streamFrom(Buffer.from("abcd")) }, today)).rejects.toMatchObject({ code: "upload-changed" })
  const other = await send(employee, "x.txt", Buffer.from("abc"))
  await expect(finish(employee, [other], { sha256: "0".repeat(64) })).rejects.toMatchObject({ code: "upload-changed" })
  await expect(viewFile(employee, { fileId: other })).rejects.toThrow(NotFound)
})

test.each([
  ["een foto.PNG", "een foto.PNG.jpg", () => phonePhoto()],
  ["IMG_2.HEIC", "IMG_2.jpg", async () => heic],
  ["verklaring", "verklaring.docx", () => packageOf(officeParts.docx)],
  ["loonstrook.pdf", "loonstrook.pdf.html", async () => Buffer.from("<html><script>alert(1)</script>")],
  ["opruimen.bat", "opruimen.bat.txt", async () => Buffer.from("del *.*")],
])("%s is kept as what its bytes are, and is called %s", async (name, called, make) => {
  const fileId = await upload(employer, name, await make())
  expect((await viewFile(employer, { fileId })).name).toBe(called)
})

test("what can never be kept is gone at once, and keeps no room", async () => {
  for (const bytes of [Buffer.from("MZ en verder"), Buffer.from("\xff\xd8\xff geen foto", "latin1")]) {
    const id = await send(employer, "x.jpg", bytes)
    await expect(finish(employer, [id])).rejects.toMatchObject({ code: expect.stringMatching(/^(own-file-program|photo-broken)$/) })
    await expect(viewUpload(employer, { uploadId: id }, today)).rejects.toThrow(NotFound)
  }
})

test("the text in an own PDF is found once a worker read it, not by others, not while it is in the bin, and not when it is gone for good", async () => {
  const pdf = await PDFDocument.create()
  pdf.addPage().drawText("Aanvraag kilometervergoeding", { font: await pdf.embedFont(StandardFonts.Helvetica) })
  const fileId = await upload(employee, "formulier.pdf", await pdf.save())
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ ids: string[] }>("select data -> 'fileIds' as ids from pgboss.job where name = 'read-text'")
  expect(rows.flatMap(({ ids }) => ids)).toContain(fileId)
  await readTexts({ fileIds: [fileId] })
  const found = async (viewer: Viewer, text: string) => (await searchFiles(viewer, { text, page: 1 })).files.map(({ id }) => id)
  expect([await found(employee, "kilometervergoeding"), await found(employee, "formulier"), await found(employer, "kilometervergoeding")]).toEqual([[fileId], [fileId], []])
  await binFiles(employee, { fileIds: [fileId] })
  expect([await found(employee, "kilometervergoeding"), await found(employee, "formulier")]).toEqual([[], []])
  await sweepBin(new Date(Date.now() + 31 * 86_400_000))
  expect((await owner.query("select from file_text where file_id = $1 union all select from dossier_file where id = $1", [fileId])).rowCount).toBe(0)
  await owner.end()
})
