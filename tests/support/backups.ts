import { createHash } from "node:crypto"
import { beginBackup } from "#domain/package-backups/begin-backup.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { takeBackup } from "#domain/package-backups/take-backup.ts"
import type { Viewer } from "#policy/viewer.ts"
import { today } from "./house.ts"

type How = { year?: number; name?: string; sha256?: string | null; length?: number; description?: string; now?: Date }

export const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

/** Begins a back-up of these bytes; the checksum and length as they are, unless told. */
export function announce(viewer: Viewer, employerId: string | null, bytes: Uint8Array, { year = 2026, name = "LB005359.lda", sha256 = sha256Of(bytes), length = bytes.length, description = "", now = today }: How = {}) {
  return beginBackup(viewer, { employerId, name, length, year, sha256, description }, now)
}

/** Bytes as a line brings them, a few at a time. */
export function inChunks(bytes: Uint8Array, size = 65_536): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(new Uint8Array(bytes.subarray(at, (at += size))))
      else controller.close()
    },
  })
}

/** Sends a back-up whole, as a sender does in one go; returns its id. It waits to be read. */
export async function sendBackup(viewer: Viewer, employerId: string | null, bytes: Uint8Array, how: How = {}): Promise<string> {
  const { id } = await announce(viewer, employerId, bytes, how)
  await takeBackup(viewer, { backupId: id, offset: 0, announced: bytes.length, stream: inChunks(bytes) }, how.now ?? today)
  return id
}

/** Sends a back-up and reads it as the worker does; returns its id. */
export async function makeBackup(viewer: Viewer, employerId: string | null, bytes: Uint8Array, how: How = {}): Promise<string> {
  const id = await sendBackup(viewer, employerId, bytes, how)
  await finishBackup({ backupId: id }, how.now ?? today)
  return id
}
