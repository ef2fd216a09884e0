import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "s3rver"
import { afterAll, beforeAll, expect, test } from "vitest"
import { removeBackup } from "#domain/package-backups/change-backup.ts"
import { checkBackup } from "#domain/package-backups/check-backups.ts"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { sweepBackups } from "#domain/package-backups/sweep-backups.ts"
import { markStorage } from "#domain/storage-place/mark-storage.ts"
import { StorageAway } from "#domain/storage-place/storage-there.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { makeBackup, sendBackup } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, makeSelfRunning, today } from "../../support/house.ts"

useDatabase()
const place = mkdtempSync(join(tmpdir(), "loondossier-s3-"))
const server = new S3rver({ directory: place, port: 0, address: "127.0.0.1", silent: true })
let employer: Viewer

beforeAll(async () => {
  const { port } = await server.run()
  Object.assign(process.env, { STORAGE: "s3:portaal", S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_REGION: "eu-west-1", S3_ACCESS_KEY_ID: "S3RVER", S3_SECRET_ACCESS_KEY: "S3RVER" })
  await markStorage(today)
  employer = await makeSelfRunning("999990020L01")
})
afterAll(async () => {
  await closeQueue()
  await server.close()
  rmSync(place, { recursive: true, force: true })
})

const objects = () => readdirSync(join(place, "portaal"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && one.parentPath.includes("backups") && one.name.endsWith("_object"))

test("in a store that speaks S3 a back-up comes in, is checked, comes out whole and in part, and goes; what nobody finished is swept", async () => {
  const bytes = randomBytes(9_000_000)
  const backupId = await makeBackup(employer, null, bytes)
  expect(objects().length).toBe(3)
  expect((await bytesOf((await openBackup(employer, { backupId })).stream)).equals(bytes)).toBe(true)
  const { stream } = await openBackup(employer, { backupId, range: { first: 4_000_000, last: 8_999_999 } })
  expect((await bytesOf(stream)).equals(bytes.subarray(4_000_000))).toBe(true)
  expect(await checkBackup({ backupId }, new Date(today.getTime() + 7 * 86_400_000))).toBe("sound")
  renameSync(join(place, "portaal"), join(place, "elders"))
  await expect(checkBackup({ backupId }, new Date(today.getTime() + 14 * 86_400_000))).rejects.toThrow(StorageAway)
  renameSync(join(place, "elders"), join(place, "portaal"))
  rmSync(join(objects()[0]?.parentPath ?? "", objects()[0]?.name ?? ""))
  expect(await checkBackup({ backupId }, new Date(today.getTime() + 14 * 86_400_000))).toBe("damaged")
  await removeBackup(employer, { backupId })
  expect(objects()).toEqual([])
  await sendBackup(employer, null, Buffer.from("half"), { length: 10 })
  await sweepBackups(new Date(today.getTime() + 8 * 86_400_000))
  expect(objects()).toEqual([])
})
