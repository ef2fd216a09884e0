import { createHmac, timingSafeEqual } from "node:crypto"
import { env } from "#platform/env.ts"
import { keyFor } from "#platform/secrets.ts"

const length = 52

/**
 * The address to which one mail comes back: bounce+<token>@<domain>, null without BOUNCE_ADDRESS. The token is the mail's id and 128 bits of its keyed hash,
 * so nothing is kept, and nobody but who handled that mail can say that it did not arrive.
 */
export function returnPathOf(mailId: string): string | null {
  const [name, domain] = env().BOUNCE_ADDRESS?.split("@") ?? []
  if (!name || !domain) return null
  const id = Buffer.from(mailId.replaceAll("-", ""), "hex")
  return `${name}+${written(Buffer.concat([id, signatureOf(id)]))}@${domain}`
}

/** The mail that came back to an address that returnPathOf made, however its capitals went on the way; null for any other. */
export function mailOfReturnPath(address: string): string | null {
  const [name, domain] = env().BOUNCE_ADDRESS?.toLowerCase().split("@") ?? []
  const given = address.toLowerCase()
  const [head, tail] = [`${name}+`, `@${domain}`]
  if (!name || !given.startsWith(head) || !given.endsWith(tail)) return null
  const token = given.slice(head.length, -tail.length)
  if (!/^[0-9a-v]{52}$/.test(token)) return null
  const bytes = read(token)
  if (!bytes || !timingSafeEqual(bytes.subarray(16), signatureOf(bytes.subarray(0, 16)))) return null
  return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

function signatureOf(id: Uint8Array): Buffer {
  return createHmac("sha256", keyFor("return-path")).update(id).digest().subarray(0, 16)
}

/** Base 32 (RFC 4648, extended hex, lower case): mail servers may change capitals. */
function written(bytes: Buffer): string {
  return BigInt(`0x${bytes.toString("hex")}`).toString(32).padStart(length, "0")
}

function read(token: string): Buffer | null {
  const number = [...token].reduce((sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)), 0n)
  const hex = number.toString(16).padStart(64, "0")
  return hex.length === 64 ? Buffer.from(hex, "hex") : null
}
