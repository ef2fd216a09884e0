import { createHmac } from "node:crypto"

/** A code as an app makes it, written from RFC 6238 and RFC 4226 and from nothing of ours. `secret` is base32, as it stands on screen. */
export function codeFor(secret: string, at: Date, { digits = 6, away = 0 } = {}): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000) + away))
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, "0")
}

/** Base32 (RFC 4648) as bytes. */
function bytesOf(text: string): Buffer {
  const letters = [...text.replace(/[\s=]/g, "").toUpperCase()].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
  const bits = letters.join("")
  return Buffer.from(Array.from({ length: Math.floor(bits.length / 8) }, (_one, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2)))
}
