import { createHash } from "node:crypto"
import { open, stat } from "node:fs/promises"
import { basename } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { jsonBody, type Body } from "./ask.ts"
import type { Backup } from "./backups.ts"
import { call, type Line } from "./call.ts"
import { exits, Stop } from "./exits.ts"
import { bytesOf } from "./form-body.ts"
import { forgetPlaced, keepPlaced, placedAs } from "./placed.ts"
import { barOf } from "./progress.ts"

/** One request holds so many bytes, so that none of them lasts longer than a server lets it. */
const perRequest = 16_000_000
/** How often the portal may have lost sight of how far it is before this is given up. */
const mostStumbles = 50
const patience = 60_000
const tus = { "Tus-Resumable": "1.0.0" }

export type ToSend = { employerId: string; year: number; path: string; description: string }

/**
 * Sends a file as a back-up, and waits until the portal has read it and found the same checksum. The request is named by what it holds, so that the same order after
 * a cut or a kill goes on where it was; `isAgain` when it stood there already. A Stop when the portal refuses it.
 */
export async function sendBackup(line: Line, { employerId, year, path, description }: ToSend): Promise<{ backup: Backup; isAgain: boolean }> {
  const name = basename(path)
  const { size, sha256 } = await countSum(path, name)
  const about = ["backup", line.url.href, employerId, year, name, sha256, description].join("\n")
  const { backup, key } = await begin(line, about, { employerId, year, name, size, sha256, description })
  if (backup.state === "kept") return { backup, isAgain: true }
  if (backup.state === "coming") await sendBytes(line, backup.id, path, name, size)
  const read = await untilRead(line, backup.id)
  if (read.state === "kept") return { backup: read, isAgain: false }
  await forgetPlaced(key)
  throw new Stop(exits.refused, read.refusal ?? "backup-changed", "Wat binnenkwam is niet wat in het bestand staat: het veranderde tijdens het versturen. Er is niets bewaard. Geef de opdracht opnieuw.")
}

async function countSum(path: string, name: string): Promise<{ size: number; sha256: string }> {
  const size = (await stat(path).catch(() => null))?.size ?? 0
  const bar = barOf(size, "controlegetal berekend")
  const hash = createHash("sha256")
  let read = 0
  for await (const piece of bytesOf(path, name)) {
    hash.update(piece)
    bar.show((read += piece.length))
  }
  bar.end()
  if (read === 0) throw new Stop(exits.usage, "file-empty", `Het bestand ${name} is leeg.`, { file: name })
  return { size: read, sha256: hash.digest("hex") }
}

type Announced = { employerId: string; year: number; name: string; size: number; sha256: string; description: string }

/** Begins, or finds what was begun before. One that was removed or refused since is another time of the same content. */
async function begin(line: Line, about: string, { employerId, ...told }: Announced): Promise<{ backup: Backup; key: string }> {
  for (let time = 1; ; time++) {
    const key = `loon-${createHash("sha256").update(`${about}\n${time}`).digest("hex")}`
    const known = (await placedAs(key))?.delivery
    const id = known ?? (await call(line, "beginBackup", { params: { employerId }, body: jsonBody(told), name: key })).answer.id
    if (!known) await keepPlaced(key, { delivery: id, at: new Date().toISOString() })
    const found = await call(line, "getBackup", { params: { backupId: id } }).then(({ answer }) => answer, nullWhenGone)
    if (found && found.state !== "refused" && !(await isOver(line, found))) return { backup: found, key }
  }
}

/** Whether an upload that was begun can no longer be gone on with. */
async function isOver(line: Line, { id, state }: Backup): Promise<boolean> {
  return state === "coming" && (await call(line, "getBackupUpload", { params: { backupId: id }, more: tus }).then(() => false, (error: unknown) => nullWhenGone(error) === null))
}

async function sendBytes(line: Line, backupId: string, path: string, name: string, size: number): Promise<void> {
  const bar = barOf(size)
  for (let stumbles = 0; ; ) {
    const { headers } = await call(line, "getBackupUpload", { params: { backupId }, more: tus })
    const offset = Number(headers["upload-offset"])
    if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) break
    const length = Math.min(perRequest, size - offset)
    const body: Body = { type: "application/offset+octet-stream", length, pieces: () => partOf(path, name, offset, length, (sent) => bar.show(offset + sent)) }
    await call(line, "sendBackupBytes", { params: { backupId }, more: { ...tus, "Upload-Offset": String(offset) }, body, patience }).catch((error: unknown) => {
      if (!(error instanceof Stop) || !["upload-offset", "upload-broken-off"].includes(error.code) || ++stumbles > mostStumbles) throw error
    })
  }
  bar.end()
}

/** A part of a file, in pieces that all use the same memory. A Stop when the file ends too soon: then it was changed. */
async function* partOf(path: string, name: string, from: number, length: number, onBytes: (sent: number) => void): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    const room = Buffer.allocUnsafeSlow(256 * 1024)
    for (let sent = 0; sent < length; onBytes(sent)) {
      const { bytesRead } = await file.read(room, 0, Math.min(room.length, length - sent), from + sent)
      if (bytesRead === 0) throw new Stop(exits.halfWay, "file-changed", `Het bestand ${name} veranderde tijdens het verzenden. Geef de opdracht opnieuw als het bestand af is.`, { file: name })
      sent += bytesRead
      yield room.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function untilRead(line: Line, backupId: string): Promise<Backup> {
  for (let wait = 200; ; wait = Math.min(wait * 1.5, 5000)) {
    const { answer } = await call(line, "getBackup", { params: { backupId } })
    if (answer.state !== "checking") return answer
    await pause(wait, undefined, { signal: line.signal })
  }
}

function nullWhenGone(error: unknown): null {
  if (error instanceof Stop && error.code === "not-found") return null
  throw error
}
