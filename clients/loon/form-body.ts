import { createHash } from "node:crypto"
import { open } from "node:fs/promises"
import type { Body } from "./ask.ts"
import { exits, Stop } from "./exits.ts"

/** A file to send: what is told of it, where it is, and what it held when it was looked at. */
export type FormFile = { fields: Readonly<Record<string, string>>; path: string; name: string; size: number; sha256: string }

/**
 * A multipart form (RFC 7578) of fields and files, of a length known beforehand, that is read while it is sent. A file that is not what it was when it
 * was looked at stops it before the end of the form, so that nothing of it is taken in.
 */
export function formOf(fields: Readonly<Record<string, string>>, files: readonly FormFile[], boundary: string, onBytes: (sent: number) => void): Body {
  const heads = files.map((file, index) => Buffer.from([...fieldsOf(index === 0 ? { ...fields, ...file.fields } : file.fields, boundary), headOf(file.name, boundary)].join("")))
  const between = Buffer.from("\r\n")
  const end = Buffer.from(`--${boundary}--\r\n`)
  const length = files.reduce((sum, { size }) => sum + size + between.length, heads.reduce((sum, head) => sum + head.length, end.length))
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let sent = 0
    for (const [index, file] of files.entries()) {
      yield heads[index] ?? between
      for await (const piece of unchanged(file)) {
        yield piece
        onBytes((sent += piece.length))
      }
      yield between
    }
    yield end
  }
  return { type: `multipart/form-data; boundary=${boundary}`, length, pieces }
}

function fieldsOf(fields: Readonly<Record<string, string>>, boundary: string): string[] {
  return Object.entries(fields).map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
}

/** Names are written as browsers do: UTF-8, with quotes and line ends percent-encoded (HTML, "multipart/form-data encoding algorithm"). */
function headOf(name: string, boundary: string): string {
  const written = name.normalize("NFC").replace(/["\r\n]/g, (sign) => encodeURIComponent(sign))
  return `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${written}"\r\nContent-Type: application/octet-stream\r\n\r\n`
}

/** The bytes of a file from an offset on. A Stop before the last of them when it is not what it was when it was looked at. */
export async function* unchanged({ path, name, size, sha256 }: FormFile, from = 0): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256")
  let seen = 0
  for await (const piece of bytesOf(path, name)) {
    seen += piece.length
    if (seen > size) break
    hash.update(piece)
    if (seen > from) yield piece.subarray(Math.max(0, piece.length - (seen - from)))
  }
  if (seen === size && hash.digest("hex") === sha256) return
  throw new Stop(exits.halfWay, "file-changed", `Het bestand ${name} veranderde tijdens het verzenden. Er is niets geplaatst. Geef de opdracht opnieuw als het bestand af is.`, { file: name })
}

/** What a file holds, in pieces that all use the same memory: each is to be done with before the next is asked. A Stop when it cannot be read. */
export async function* bytesOf(path: string, name: string): AsyncGenerator<Uint8Array> {
  const unreadable = () => new Stop(exits.usage, "file-unreadable", `Het bestand ${name} kan niet worden gelezen.`, { file: name })
  const file = await open(path).catch(() => {
    throw unreadable()
  })
  try {
    const room = Buffer.allocUnsafeSlow(256 * 1024)
    for (;;) {
      const { bytesRead } = await file.read(room, 0, room.length, null).catch(() => {
        throw unreadable()
      })
      if (bytesRead === 0) return
      yield room.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
