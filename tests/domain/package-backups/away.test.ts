import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { checkBackup, queueChecks } from "#domain/package-backups/check-backups.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { viewBackup } from "#domain/package-backups/view-backups.ts"
import { acknowledgeStorage, markStorage } from "#domain/storage-place/mark-storage.ts"
import { isStorageThere, StorageAway } from "#domain/storage-place/storage-there.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { GET as health } from "../../../src/app/api/health/storage/route.ts"
import { makeBackup, sendBackup } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { makeSelfRunning, today } from "../../support/house.ts"

const { filesFolder, ownerUrl } = useDatabase()
const elsewhere = `${filesFolder}-elders`
const places = mkdtempSync(join(tmpdir(), "loondossier-plaatsen-"))
const later = new Date(today.getTime() + 7 * 86_400_000)
let employer: Viewer
let backupId: string
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await markStorage(today)
  employer = await makeSelfRunning("999990020L01")
  backupId = await makeBackup(employer, null, Buffer.from("op de schijf"))
})
afterAll(async () => {
  await owner.end()
  await closeQueue()
  rmSync(places, { recursive: true, force: true })
})

/** The disk is not mounted: what stood there does not, and the folder is empty. */
beforeEach(() => {
  renameSync(filesFolder, elsewhere)
  mkdirSync(filesFolder)
})
afterEach(() => {
  rmSync(filesFolder, { recursive: true })
  renameSync(elsewhere, filesFolder)
})
function mounted(): void {
  rmSync(filesFolder, { recursive: true })
  renameSync(elsewhere, filesFolder)
}
function unmounted(): void {
  renameSync(filesFolder, elsewhere)
  mkdirSync(filesFolder)
}

const count = async (question: string) => Number((await owner.query<{ count: string }>(`select count(*) from ${question}`)).rows[0]?.count)
const run = (script: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "../../../scripts", script), ...args], { env: process.env, encoding: "utf8" })
  return { code: status, said: stdout + stderr }
}

test("while the disk is away no back-up is marked as damaged, nobody is mailed and no check is left; once it is back, it is found sound", async () => {
  const before = await count("pgboss.job where name = 'check-backup'")
  await expect(checkBackup({ backupId }, later)).rejects.toThrow(StorageAway)
  await expect(queueChecks(later)).rejects.toThrow(StorageAway)
  expect(await viewBackup(employer, { backupId })).toMatchObject({ state: "kept", damagedAt: null, checkedAt: today })
  expect([await count("mail where kind = 'backup-damaged'"), await count("pgboss.job where name = 'check-backup'")]).toEqual([0, before])
  mounted()
  expect(await checkBackup({ backupId }, later)).toBe("sound")
  unmounted()
})

test("an upload that is whole waits for the disk, and is kept when that is back", async () => {
  mounted()
  const coming = await sendBackup(employer, null, Buffer.from("net binnen"))
  unmounted()
  await expect(finishBackup({ backupId: coming }, today)).rejects.toThrow(StorageAway)
  expect(await viewBackup(employer, { backupId: coming })).toMatchObject({ state: "checking", refusal: null })
  mounted()
  await finishBackup({ backupId: coming }, today)
  expect(await viewBackup(employer, { backupId: coming })).toMatchObject({ state: "kept" })
  unmounted()
})

test("one that is gone from a disk that is there, is damaged", async () => {
  mounted()
  const lost = await makeBackup(employer, null, Buffer.from("echt weg"))
  for (const entry of readdirSync(join(filesFolder, "backups"), { recursive: true, withFileTypes: true })) if (entry.name.startsWith(lost)) rmSync(join(entry.parentPath, entry.name))
  expect(await checkBackup({ backupId: lost }, later)).toBe("damaged")
  unmounted()
})

test("who watches the portal is told, and the portal's own back-up and its next start refuse, and make nothing of a place that is not theirs", async () => {
  expect((await health()).status).toBe(503)
  expect(run("beheer/main.ts", ["opslag"])).toMatchObject({ code: 1, said: expect.stringContaining(nl.errors["storage-away"]) })
  expect(run("backup/make.ts", [join(places, "back-ups")])).toMatchObject({ code: 1, said: expect.stringContaining("niet die van dit portaal") })
  expect(existsSync(join(places, "back-ups"))).toBe(false)
  expect(run("migrate.ts", [])).toMatchObject({ code: 1, said: expect.stringContaining("opslag erken") })
  expect(readdirSync(filesFolder)).toEqual([])
  mounted()
  expect([(await health()).status, run("beheer/main.ts", ["opslag"]).code]).toEqual([200, 0])
  unmounted()
})

test("an operator who brought all of it to another place says so; marking twice, and twice at once, leaves one mark", async () => {
  await acknowledgeStorage(today)
  expect(await isStorageThere()).toBe(true)
  await owner.query("delete from storage_mark")
  rmSync(filesFolder, { recursive: true })
  await Promise.all([markStorage(today), markStorage(today)])
  await markStorage(today)
  expect([readdirSync(join(filesFolder, "mark"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length, await count("storage_mark")]).toEqual([1, 1])
})
