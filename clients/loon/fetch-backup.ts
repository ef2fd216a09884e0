import { createHash, type Hash } from "node:crypto"
import * as http from "node:http"
import { open, rename, rm } from "node:fs/promises"
import type { FileHandle } from "node:fs/promises"
import { setTimeout as pause } from "node:timers/promises"
import { Cut } from "./ask.ts"
import type { Backup } from "./backups.ts"
import { addressOf, headersFor, jsonOf, unreachable, waits, type Line } from "./call.ts"
import { exits, Stop } from "./exits.ts"
import { bytesOf } from "./form-body.ts"
import { barOf } from "./progress.ts"
import { refusalOf } from "./refusal.ts"

const patience = 60_000

/**
 * Brings a back-up to a file on this machine. What came before a cut or a kill stays beside it, as <file>.half, and is gone on with; only when all of it has the
 * checksum that the portal keeps is it put in its place. A Stop when that is another one: nothing is left then.
 */
export async function fetchBackup(line: Line, backup: Backup, path: string): Promise<void> {
  const half = `${path}.half`
  const file = await open(half, "a", 0o600).catch(() => {
    throw new Stop(exits.usage, "file-unwritable", `In ${path} kan niet worden geschreven.`)
  })
  const hash = createHash("sha256")
  try {
    const sum = await bringIn(line, backup, file, await hashWhatIs(half, file, hash, backup.size), hash)
    if (sum !== backup.sha256) throw new Stop(exits.refused, "checksum-wrong", "Het controlegetal klopt niet. Er is niets bewaard. Geef de opdracht opnieuw, of kies een andere back-up.")
    await file.sync()
  } catch (error) {
    if (error instanceof Stop && error.code === "checksum-wrong") await rm(half, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(half, path)
}

/** Counts what an earlier try left behind. What is longer than it can be is begun anew. */
async function hashWhatIs(half: string, file: FileHandle, hash: Hash, size: number): Promise<number> {
  const { size: there } = await file.stat()
  if (there > size) {
    await file.truncate(0)
    return 0
  }
  for await (const piece of bytesOf(half, half)) hash.update(piece)
  return there
}

async function bringIn(line: Line, { id, size }: Backup, file: FileHandle, already: number, hash: Hash): Promise<string> {
  const bar = barOf(size, "alles is binnen")
  let at = already
  const keep = async (piece: Buffer) => {
    if (at + piece.length > size) throw new Cut(true, "EFBIG")
    await file.appendFile(piece)
    hash.update(piece)
    bar.show((at += piece.length))
  }
  for (let broken = 0; at < size; ) {
    const before = at
    const cut = await fetchFrom(line, id, at, keep).then(() => new Cut(true, "ECONNRESET"), (error: unknown) => {
      line.signal.throwIfAborted()
      if (error instanceof Cut) return error
      throw error
    })
    if (at >= size) break
    if (at > before) broken = 0
    const wait = waits[broken++]
    if (wait === undefined) throw new Stop(exits.halfWay, "cut", "De verbinding brak halverwege. Geef dezelfde opdracht opnieuw: het gaat verder waar het was.", { reason: cut.reason })
    line.tell(`Geen verbinding met het portaal. Over ${wait / 1000} s wordt het opnieuw geprobeerd.`)
    await pause(wait, undefined, { signal: line.signal })
  }
  bar.end()
  return hash.digest("hex")
}

/** Asks for the bytes from somewhere on, and hands them on as they come. Throws Cut when the line breaks, and a Stop when the portal refuses. */
async function fetchFrom(line: Line, id: string, from: number, keep: (piece: Buffer) => Promise<void>): Promise<void> {
  const url = addressOf(line, "/backups/{backupId}/content", { backupId: id })
  const options = { method: "GET", headers: { ...headersFor(line), Range: `bytes=${from}-` }, agent: false as const, timeout: patience, signal: line.signal }
  const request = url.protocol === "https:" ? (await import("node:https")).request(url, { ...options, rejectUnauthorized: true }) : http.request(url, options)
  request.on("timeout", () => request.destroy(new Cut(true, "ETIMEDOUT")))
  try {
    const response = await new Promise<http.IncomingMessage>((answered, failed) => request.on("response", answered).on("error", failed).end())
    if (response.statusCode === 206) for await (const piece of response) await keep(Buffer.from(piece))
    else await refuse(response)
  } catch (error) {
    throw error instanceof Error && !(error instanceof Cut) && "code" in error && typeof error.code === "string" && error.code !== "ABORT_ERR" ? new Cut(true, error.code) : error
  } finally {
    request.destroy()
  }
}

async function refuse(response: http.IncomingMessage): Promise<never> {
  const { statusCode = 0 } = response
  if (statusCode === 502 || statusCode === 503 || statusCode === 504) throw new Cut(true, String(statusCode))
  let text = ""
  for await (const piece of response) if (text.length < 100_000) text += String(piece)
  if (statusCode >= 400) throw refusalOf(statusCode, jsonOf(text))
  throw unreachable(false, String(statusCode))
}
