import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginBackup } from "#domain/package-backups/begin-backup.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { sweepBackups } from "#domain/package-backups/sweep-backups.ts"
import { closeBackup, takeBackup, viewBackupProgress } from "#domain/package-backups/take-backup.ts"
import { viewBackup, viewBackups } from "#domain/package-backups/view-backups.ts"
import { storePiece } from "#domain/package-backups/backup-pieces.ts"
import { newDossierKey } from "#platform/age-files.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { announce, makeBackup, sendBackup, sha256Of } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { makeSelfRunning, today } from "../../support/house.ts"
import { placesKept, streamFrom } from "../../support/own-uploads.ts"

const database = useDatabase()
let employer: Viewer
beforeAll(async () => {
  employer = await makeSelfRunning("999990020L01")
})
afterAll(closeQueue)

const later = (days: number) => new Date(today.getTime() + days * 86_400_000)
const piecesKept = () => (existsSync(database.filesFolder) ? placesKept(database).filter((place) => place === "backups").length : 0)
const input = { employerId: null, name: "x.lda", length: 10, year: 2026, sha256: null, description: "" }

test.each([
  ["nothing", { length: 0 }, "upload-empty"],
  ["more than 4 GB", { length: 4_294_967_297 }, "backup-too-large"],
  ["a year long past", { year: 2015 }, "backup-year"],
  ["a year far ahead", { year: 2028 }, "backup-year"],
  ["half a year", { year: 2026.5 }, "backup-year"],
  ["no checksum", { sha256: "abc" }, "backup-sha256"],
  ["a long story", { description: "x".repeat(201) }, "backup-description"],
])("%s cannot be begun", async (_what, part, code) => {
  await expect(beginBackup(employer, { ...input, ...part }, today)).rejects.toMatchObject({ code })
})

test("a whole 4 GB can be begun, and a name with a path in it loses that", async () => {
  const { id, name } = await beginBackup(employer, { ...input, length: 4_294_967_296, name: "../../etc/LB\u202e005359.lda" }, today)
  expect([name, (await viewBackupProgress(employer, { backupId: id }, today)).length]).toEqual(["LB005359.lda", 4_294_967_296])
})

test("a file that lies about its checksum is refused when it is read, and none of its bytes stay", async () => {
  const before = piecesKept()
  const id = await makeBackup(employer, null, randomBytes(100), { sha256: sha256Of(Buffer.from("iets anders")) })
  expect([(await viewBackup(employer, { backupId: id })), piecesKept() - before]).toEqual([expect.objectContaining({ state: "refused", refusal: "backup-changed", landedAt: null }), 0])
  await finishBackup({ backupId: id }, today)
  expect((await viewBackup(employer, { backupId: id })).state).toBe("refused")
  await expect(viewBackupProgress(employer, { backupId: id }, today)).rejects.toThrow(NotFound)
})

test("a file that is longer than it said is not taken further; one that is shorter stays on its way", async () => {
  const bytes = randomBytes(5_000_000)
  const { id } = await announce(employer, null, bytes, { length: 4_999_999 })
  await expect(takeBackup(employer, { backupId: id, offset: 0, announced: bytes.length, stream: streamFrom(bytes) }, today)).rejects.toMatchObject({ code: "upload-changed" })
  await expect(takeBackup(employer, { backupId: id, offset: 0, stream: streamFrom(bytes) }, today)).rejects.toMatchObject({ code: "upload-changed" })
  const short = await sendBackup(employer, null, bytes, { length: 5_000_001 })
  await finishBackup({ backupId: short }, today)
  expect(await viewBackupProgress(employer, { backupId: short }, today)).toEqual({ id: short, offset: 5_000_000, length: 5_000_001, state: "coming" })
})

test("begun twice under one planned id is one upload, also at once", async () => {
  const backupId = newId()
  const begun = await Promise.all(Array.from({ length: 5 }, () => beginBackup(employer, { ...input, backupId, name: "eenmaal.lda" }, today)))
  expect(new Set(begun.map(({ id }) => id))).toEqual(new Set([backupId]))
  expect((await viewBackups(employer, { employerId: null, year: 2026 }, today)).underWay.filter(({ name }) => name === "eenmaal.lda").length).toBe(1)
})

test("of twenty senders at the same place each byte is counted once, and what lands is what one of them sent", async () => {
  const length = 600_000
  const { id } = await announce(employer, null, Buffer.alloc(length), { sha256: null })
  await Promise.allSettled([..."abcdefghijklmnopqrst"].map((letter) => takeBackup(employer, { backupId: id, offset: 0, stream: streamFrom(Buffer.alloc(300_000, letter)) }, today)))
  const { offset } = await viewBackupProgress(employer, { backupId: id }, today)
  expect(offset).toBe(300_000)
  await takeBackup(employer, { backupId: id, offset, stream: streamFrom(Buffer.alloc(300_000, "z")) }, today)
  await finishBackup({ backupId: id }, today)
  const { sha256, state } = await viewBackup(employer, { backupId: id })
  const oneOf = [..."abcdefghijklmnopqrst"].map((letter) => sha256Of(Buffer.concat([Buffer.alloc(300_000, letter), Buffer.alloc(300_000, "z")])))
  expect([state, oneOf.includes(sha256 ?? "")]).toEqual(["kept", true])
})

test("a line that breaks at any byte goes on from there, and what lands is whole", async () => {
  const bytes = randomBytes(6_000_000)
  const { id } = await announce(employer, null, bytes)
  for (let offset = 0, cut = 1; offset < bytes.length; cut = cut * 7 + 13) {
    const end = Math.min(offset + cut, bytes.length)
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(bytes.subarray(offset, end))), pull: (controller) => controller.error(new Error("gone")) })
    const went = await takeBackup(employer, { backupId: id, offset, stream: broken }, today).catch((error: unknown) => error)
    expect(went).toMatchObject({ code: "upload-broken-off" })
    offset = (await viewBackupProgress(employer, { backupId: id }, today)).offset
    expect(offset).toBe(end)
  }
  await finishBackup({ backupId: id }, today)
  expect(await viewBackup(employer, { backupId: id })).toMatchObject({ state: "kept", sha256: sha256Of(bytes) })
})

test("an upload of unknown length ends where its sender says, with the checksum that was found; of nothing there is no back-up", async () => {
  const { id } = await announce(employer, null, Buffer.alloc(1000), { sha256: null })
  await expect(closeBackup(employer, { backupId: id }, today)).rejects.toMatchObject({ code: "upload-empty" })
  await takeBackup(employer, { backupId: id, offset: 0, stream: streamFrom(Buffer.from("minder")) }, today)
  expect(await closeBackup(employer, { backupId: id }, today)).toMatchObject({ offset: 6, length: 6, state: "checking" })
  await finishBackup({ backupId: id }, today)
  expect(await viewBackup(employer, { backupId: id })).toMatchObject({ state: "kept", sha256: sha256Of(Buffer.from("minder")) })
})

test("what nobody finished is gone a week later, with its bytes; so is what a crash left beside every row, a day later; a kept one stays", async () => {
  const other = await makeSelfRunning("999990020L02")
  const kept = await makeBackup(other, null, Buffer.from("blijft"))
  const half = await sendBackup(other, null, Buffer.from("half"), { length: 10 })
  await expect(viewBackupProgress(other, { backupId: half }, later(7.1))).rejects.toThrow(NotFound)
  await sweepBackups(later(7.1))
  await expect(viewBackup(other, { backupId: half })).rejects.toThrow(NotFound)
  const { recipient } = await newDossierKey(newId())
  await storePiece(newId(), recipient, Buffer.from("verdwaald"))
  const before = piecesKept()
  await sweepBackups(new Date(Date.now() + 23 * 3_600_000))
  expect(piecesKept()).toBe(before)
  await sweepBackups(new Date(Date.now() + 25 * 3_600_000))
  expect(piecesKept()).toBeLessThan(before)
  expect((await viewBackup(other, { backupId: kept })).state).toBe("kept")
})

test("nobody begins more than ten and finishes none; a week later one may again", async () => {
  const other = await makeSelfRunning("999990020L03")
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => announce(other, null, Buffer.from("x"))))
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(["backups-unfinished", "backups-unfinished"])
  expect(await announce(other, null, Buffer.from("x"), { now: later(7.1) })).toMatchObject({ state: "coming" })
})
