import { createHash } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { call, type Line } from "./call.ts"
import { Stop } from "./exits.ts"
import { unchanged, type FormFile } from "./form-body.ts"
import { keepPlaced, placedAs } from "./placed.ts"

const spoken = { "Tus-Resumable": "1.0.0" }

/** How often a line may break in one file without a byte more coming in, and how long is waited after it, in milliseconds. */
const patience = { breaks: 8, wait: 2000 }

/** The ids under which these files were being sent from this machine; null for one that was not. */
export async function knownUploads(line: Line, files: readonly FormFile[]): Promise<(string | null)[]> {
  return Promise.all(files.map(async (file) => (await placedAs(nameOf(line, file)))?.delivery ?? null))
}

/** Sends a file by tus, and goes on where it was when that was begun before, or the line breaks. Returns the id that a delivery names it by. */
export async function sendOn(line: Line, file: FormFile, onBytes: (sent: number) => void): Promise<string> {
  const [known = null] = await knownUploads(line, [file])
  const uploadId = known !== null && (await offsetOf(line, known)) !== null ? known : await begin(line, file)
  for (let breaks = 0, from = (await offsetOf(line, uploadId)) ?? 0; from < file.size; ) {
    onBytes(from)
    const broken = await sendFrom(line, uploadId, file, from, onBytes)
    const came = (await offsetOf(line, uploadId)) ?? 0
    breaks = came > from ? 0 : breaks + 1
    if (broken && breaks > patience.breaks) throw broken
    if (broken) await pause(patience.wait, undefined, { signal: line.signal })
    from = came
  }
  return uploadId
}

/** Null when all of it is there, else why the line broke. */
async function sendFrom(line: Line, uploadId: string, file: FormFile, from: number, onBytes: (sent: number) => void): Promise<Stop | null> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let sent = from
    for await (const piece of unchanged(file, from)) {
      yield piece
      onBytes((sent += piece.length))
    }
  }
  const body = { type: "application/offset+octet-stream", length: file.size - from, pieces }
  try {
    await call(line, "sendBytes", { params: { uploadId }, more: { ...spoken, "Upload-Offset": String(from) }, body })
    return null
  } catch (error) {
    if (error instanceof Stop && ["unreachable", "cut", "upload-broken-off", "upload-offset"].includes(error.code)) return error
    throw error
  }
}

async function begin(line: Line, file: FormFile): Promise<string> {
  const name = Buffer.from(file.name.normalize("NFC")).toString("base64")
  const { headers } = await call(line, "beginUpload", { more: { ...spoken, "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}` } })
  const uploadId = headers.location?.split("/").pop() ?? ""
  await keepPlaced(nameOf(line, file), { delivery: uploadId, at: new Date().toISOString() })
  return uploadId
}

/** How far an upload is; null when it is not there. */
async function offsetOf(line: Line, uploadId: string): Promise<number | null> {
  try {
    const { headers } = await call(line, "getUpload", { params: { uploadId }, more: spoken })
    return Number(headers["upload-offset"])
  } catch (error) {
    if (error instanceof Stop && error.details["status"] === 404) return null
    throw error
  }
}

/** An upload is of one key at one portal. */
function nameOf(line: Line, { name, size, sha256 }: FormFile): string {
  return createHash("sha256").update(JSON.stringify(["upload", line.url.href, line.key, name, size, sha256])).digest("hex")
}
