import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { beginBackup } from "#domain/package-backups/begin-backup.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { openBackup } from "#domain/package-backups/open-backup.ts"
import { takeBackup } from "#domain/package-backups/take-backup.ts"
import { viewBackup } from "#domain/package-backups/view-backups.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { PARTY_KINDS, type Viewer } from "#policy/viewer.ts"

/**
 * Takes in a back-up of so many bytes for a viewer, reads it as the worker does and hands it out again, all in this process; prints the state, whether what came
 * out is what went in, and by how much the memory of the process grew after a small one went the same way.
 */
const [asked = "{}", size = "0"] = process.argv.slice(2)
const told: Partial<Viewer> = JSON.parse(asked)
const viewer: Viewer = { accountId: "", partyId: "", rank: "owner", sessionId: "", username: "", locale: "nl", ...told, kind: PARTY_KINDS.find((kind) => kind === told.kind) ?? "employer" }
const now = new Date()
const room = Buffer.alloc(65_536)
for (let at = 0; at < room.length; at += 4) room.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at)

await goRound(20_000_000)
const before = mostUsed()
const outcome = await goRound(Number(size))
console.log(JSON.stringify({ ...outcome, grownBy: mostUsed() - before }))
await closeQueue()
await closeDatabase()

async function goRound(length: number) {
  const sent = createHash("sha256")
  const { id } = await beginBackup(viewer, { employerId: null, name: "groot.lda", length, year: now.getFullYear(), sha256: null, description: "" }, now)
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= length) return controller.close()
      room.writeUInt32LE(at % 2 ** 32, 0)
      const piece = new Uint8Array(room.subarray(0, Math.min(room.length, length - at)))
      sent.update(piece)
      at += piece.length
      controller.enqueue(piece)
    },
  }, { highWaterMark: 0 })
  await takeBackup(viewer, { backupId: id, offset: 0, announced: length, stream }, now)
  await finishBackup({ backupId: id }, now)
  const { state, sha256 } = await viewBackup(viewer, { backupId: id })
  const read = createHash("sha256")
  for await (const piece of (await openBackup(viewer, { backupId: id })).stream) read.update(piece)
  return { state, isSame: read.digest("hex") === sha256 && sha256 === sent.digest("hex") }
}

/** The most memory that the process held at any time, in bytes. */
function mostUsed(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) * 1024
}
