import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { takeBackup } from "#domain/package-backups/take-backup.ts"
import { viewBackup } from "#domain/package-backups/view-backups.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { announce, inChunks } from "../../support/backups.ts"
import { useDatabase } from "../../support/database.ts"
import { makeSelfRunning } from "../../support/house.ts"

useDatabase()
let employer: Viewer
beforeAll(async () => {
  employer = await makeSelfRunning("999990020L01")
})
afterAll(closeQueue)

/** How much a back-up weighs here, in MB; BACKUP_TEST_MB=4096 tries the largest there can be. */
const megabytes = Number(process.env["BACKUP_TEST_MB"] ?? 128)
const run = promisify(execFile)

test(`a back-up of ${megabytes} MB goes in, is read and comes out again while the process grows by less than 64 MB`, async () => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, "large-run.ts"), JSON.stringify(employer), String(megabytes * 1_048_576)])
  const { state, isSame, grownBy } = JSON.parse(stdout)
  expect([state, isSame]).toEqual(["kept", true])
  expect(grownBy).toBeLessThan(64_000_000)
}, 3_600_000)

test("a disk that is full stops it there; what came in stays, and with room again it goes on; to be read and kept it takes no room", async () => {
  const bytes = Buffer.concat([Buffer.alloc(5_000_000, "x"), Buffer.alloc(10_000_000)])
  const { id } = await announce(employer, null, bytes, { now: new Date() })
  await takeBackup(employer, { backupId: id, offset: 0, stream: inChunks(bytes.subarray(0, 5_000_000)) }, new Date())
  const asked = JSON.stringify({ viewer: employer, backupId: id, offset: 5_000_000, length: bytes.length })
  const { stdout } = await run("sh", ["-c", 'ulimit -f 2000 && exec "$0" "$@"', process.execPath, join(import.meta.dirname, "take-run.ts"), asked])
  expect(JSON.parse(stdout)).toEqual({ refused: "storage-full", offset: 5_000_000 })
  await takeBackup(employer, { backupId: id, offset: 5_000_000, stream: inChunks(bytes.subarray(5_000_000)) }, new Date())
  await run("sh", ["-c", 'ulimit -f 0 && exec "$0" "$@"', process.execPath, join(import.meta.dirname, "finish-run.ts"), id])
  expect(await viewBackup(employer, { backupId: id })).toMatchObject({ state: "kept", received: bytes.length })
})
