import { afterAll, afterEach, beforeEach, expect, test } from "vitest"
import { openFile } from "#domain/files/open-file.ts"
import { sweepUploads } from "#domain/sweep/sweep-uploads.ts"
import { insertPiece } from "#domain/uploads/own-upload-repository.ts"
import { beginUpload, cancelUpload, takeBytes, viewUpload } from "#domain/uploads/take-upload.ts"
import { storePiece } from "#domain/uploads/upload-pieces.ts"
import { asViewer } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import { maxUnfinishedUploads, maxUploadPieces } from "#policy/own-file-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, makeSelfRunning, today, viewerFor } from "../../support/house.ts"
import { finish, placesKept, send, streamFrom } from "../../support/own-uploads.ts"

const database = useDatabase()
let counter = 0
let employer: Viewer

beforeEach(async () => {
  employer = await makeSelfRunning(`999990020L${String((counter += 1)).padStart(2, "0")}`)
})
afterEach(() => Object.assign(env(), { DOSSIER_MB: 2000 }))
afterAll(closeQueue)

const later = (hours: number) => new Date(today.getTime() + hours * 3_600_000)
const codes = (outcomes: readonly PromiseSettledResult<unknown>[]) => outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))

test("what is coming keeps its room: of ten that begin at once only as many do as fit, and who stops one makes room for another", async () => {
  Object.assign(env(), { DOSSIER_MB: 5 })
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => beginUpload(employer, { name: "m.txt", length: 1_000_000 }, today)))
  expect(codes(outcomes)).toEqual(Array(5).fill("dossier-full"))
  const [first] = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []))
  await cancelUpload(employer, { uploadId: first ?? "" }, today)
  await beginUpload(employer, { name: "m.txt", length: 1_000_000 }, today)
  await expect(beginUpload(employer, { name: "m.txt", length: 1 }, today)).rejects.toMatchObject({ code: "dossier-full" })
})

test("a file that was placed counts once, not again as what was coming", async () => {
  Object.assign(env(), { DOSSIER_MB: 3 })
  await finish(employer, [await send(employer, "m.txt", Buffer.alloc(1_500_000, "m"))])
  await finish(employer, [await send(employer, "m.txt", Buffer.alloc(1_500_000, "m"))])
  await expect(beginUpload(employer, { name: "m.txt", length: 1 }, today)).rejects.toMatchObject({ code: "dossier-full" })
})

test("of ten files that are finished at once only as many are placed as fit, whatever was promised before", async () => {
  const ids = []
  for (let index = 0; index < 10; index += 1) ids.push(await send(employer, "m.txt", Buffer.alloc(100_000, "m")))
  Object.assign(env(), { DOSSIER_MB: 0.5 })
  const outcomes = await Promise.allSettled(ids.map((id) => finish(employer, [id])))
  expect(codes(outcomes)).toEqual(Array(5).fill("dossier-full"))
})

test("another account of the same employer shares the room, and has unfinished uploads of its own", async () => {
  Object.assign(env(), { DOSSIER_MB: 5 })
  const colleague = await viewerFor("employer", employer.partyId)
  const { id } = await beginUpload(employer, { name: "m.txt", length: 4_000_000 }, today)
  await expect(beginUpload(colleague, { name: "m.txt", length: 2_000_000 }, today)).rejects.toMatchObject({ code: "dossier-full" })
  await expect(viewUpload(colleague, { uploadId: id }, today)).rejects.toThrow(NotFound)
})

test(`nobody has more than ${maxUnfinishedUploads} unfinished uploads, also when they begin at once; a day later one may begin again`, async () => {
  const outcomes = []
  for (let round = 0; round < 11; round += 1) outcomes.push(...(await Promise.allSettled(Array.from({ length: 10 }, () => beginUpload(employer, { name: "x", length: 1 }, today)))))
  expect(codes(outcomes)).toEqual(Array(outcomes.length - maxUnfinishedUploads).fill("uploads-unfinished"))
  expect(await beginUpload(employer, { name: "x", length: 1 }, later(24))).toMatchObject({ offset: 0 })
})

test("an upload of a day old is not there any more, and the sweep clears it and no other", async () => {
  const old = await send(employer, "oud.txt", Buffer.from("oud"))
  const young = await send(employer, "jong.txt", Buffer.from("jong"), later(2))
  await expect(viewUpload(employer, { uploadId: old }, later(25))).rejects.toThrow(NotFound)
  await sweepUploads(later(25))
  expect(await viewUpload(employer, { uploadId: young }, later(25))).toMatchObject({ offset: 4 })
  await cancelUpload(employer, { uploadId: young }, later(25))
  await sweepUploads(later(1000))
  expect(placesKept(database).filter((place) => place === "uploads")).toEqual([])
})

test("bytes that a crash left beside every row are cleared two days later", async () => {
  await storePiece(newId(), Buffer.from("verdwaald"))
  await sweepUploads(new Date(Date.now() + 47 * 3_600_000))
  expect(placesKept(database)).toContain("uploads")
  await sweepUploads(new Date(Date.now() + 49 * 3_600_000))
  expect(placesKept(database)).not.toContain("uploads")
})

test("of twenty senders at the same place each byte is counted once, and the file is what one of them sent", async () => {
  const { id } = await beginUpload(employer, { name: "x.txt", length: 600_000 }, today)
  const letters = [..."abcdefghijklmnopqrst"]
  await Promise.allSettled(letters.map((letter) => takeBytes(employer, { uploadId: id, offset: 0, stream: streamFrom(Buffer.alloc(300_000, letter)) }, today)))
  const { offset } = await viewUpload(employer, { uploadId: id }, today)
  await takeBytes(employer, { uploadId: id, offset, stream: streamFrom(Buffer.alloc(600_000 - offset, "z")) }, today)
  await finish(employer, [id])
  const text = (await bytesOf((await openFile(employer, { fileId: id, how: "view" })).stream)).toString()
  expect([text.length, /^([a-t])\1*z+$|^z+$/.test(text), text.lastIndexOf("z") - text.indexOf("z") + 1]).toEqual([600_000, true, 600_000 - offset])
})

test("a piece that another process counted first counts for nothing", async () => {
  const { id } = await beginUpload(employer, { name: "x.txt", length: 6 }, today)
  const pieces = await Promise.all([storePiece(id, Buffer.from("abc")), storePiece(id, Buffer.from("def"))])
  const counted = await Promise.all(pieces.map((piece) => asViewer(employer, (tx) => insertPiece(tx, { id, received: 0 }, piece))))
  expect(counted.toSorted()).toEqual([false, true])
  expect(await viewUpload(employer, { uploadId: id }, today)).toMatchObject({ offset: 3 })
})

test("an upload in crumbs ends with a sentence", async () => {
  const { id } = await beginUpload(employer, { name: "x.txt", length: 100_000 }, today)
  await asViewer(employer, (tx) => tx.ownUpload.updateMany({ where: { id }, data: { received: maxUploadPieces, pieceIds: Array.from({ length: maxUploadPieces }, newId), pieceSizes: Array(maxUploadPieces).fill(1) } }))
  await expect(takeBytes(employer, { uploadId: id, offset: maxUploadPieces, stream: streamFrom(Buffer.from("x")) }, today)).rejects.toMatchObject({ code: "upload-in-crumbs" })
})

test("an upload that is stopped while it comes in is gone, and leaves nothing", async () => {
  const { id } = await beginUpload(employer, { name: "x.txt", length: 9_000_000 }, today)
  const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(Buffer.alloc(1000)) })
  const taking = takeBytes(employer, { uploadId: id, offset: 0, stream: endless }, today).catch((error: unknown) => error)
  await expect.poll(() => globalThis.portalSendings?.has(id)).toBe(true)
  await cancelUpload(employer, { uploadId: id }, today)
  expect(await taking).toSatisfy((one: unknown) => one instanceof Conflict || (typeof one === "object" && one !== null && "offset" in one) || (one instanceof Error && one.message.startsWith("upload-")))
  await expect(viewUpload(employer, { uploadId: id }, today)).rejects.toThrow(NotFound)
})
