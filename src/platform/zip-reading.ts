import { crc32, inflateRawSync } from "node:zlib"

/** Why bytes are not read as a zip. "broken" is also a size that is not as told, and a name that comes twice. Holds no content. */
export class ZipRefused extends Error {
  readonly code: "not-zip" | "too-large" | "encrypted" | "broken"

  constructor(code: ZipRefused["code"]) {
    super(`Zip refused: ${code}`)
    this.name = "ZipRefused"
    this.code = code
  }
}

/** `part` is the most that one part may weigh unpacked, `whole` all parts that are read together, in bytes. */
export type ZipLimits = { part: number; whole: number; parts: number }

/** The parts of a zip by name. Nothing is unpacked before it is asked for. */
export type ZipParts = { has: (name: string) => boolean; read: (name: string) => Uint8Array | null }

type Told = { method: number; flags: number; crc: number; packed: number; size: number; start: number }

/**
 * Opens the bytes of a zip (PKWARE APPNOTE 6.3, without zip64). A part is unpacked into no more room than it said and than the limits allow, and its
 * checksum is looked at: a part that unpacks into more than it said costs nothing. Throws ZipRefused, reading too.
 */
export function openZip(bytes: Uint8Array, limits: ZipLimits): ZipParts {
  const parts = readDirectory(bytes, limits)
  let left = limits.whole
  return {
    has: (name) => parts.has(name),
    read(name) {
      const told = parts.get(name)
      if (!told) return null
      if ((told.flags & 1) === 1) throw new ZipRefused("encrypted")
      if (told.size > limits.part || told.size > left) throw new ZipRefused("too-large")
      left -= told.size
      return unpack(bytes, told)
    },
  }
}

function readDirectory(bytes: Uint8Array, limits: ZipLimits): ReadonlyMap<string, Told> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.parts) throw new ZipRefused("too-large")
  const parts = new Map<string, Told>()
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new ZipRefused("broken")
    const [name, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name))
    if (parts.has(path)) throw new ZipRefused("broken")
    parts.set(path, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    })
    at += 46 + name + extra + comment
  }
  return parts
}

/** The end record is the last thing in the file, but for a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  if (view.byteLength < 22 || view.getUint32(0, true) !== 0x04034b50) throw new ZipRefused("not-zip")
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw new ZipRefused("broken")
}

function unpack(bytes: Uint8Array, { method, crc, packed, size, start }: Told): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (start + 30 > bytes.length || view.getUint32(start, true) !== 0x04034b50) throw new ZipRefused("broken")
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true)
  const content = bytes.subarray(from, from + packed)
  if (content.length !== packed) throw new ZipRefused("broken")
  const unpacked = method === 0 ? content : inflate(content, method, size)
  if (unpacked.length !== size || crc32(unpacked) !== crc) throw new ZipRefused("broken")
  return unpacked
}

function inflate(content: Uint8Array, method: number, size: number): Uint8Array {
  if (method !== 8) throw new ZipRefused("broken")
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) })
  } catch {
    throw new ZipRefused("broken")
  }
}
