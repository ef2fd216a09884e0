import { createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, timingSafeEqual, type KeyObject } from "node:crypto"
import { keyBytes } from "./age-bech32.ts"
import { openSealed, tagSize, type AgeSource } from "./age-pieces.ts"

/** The first line of an age file. */
export const ageVersion = "age-encryption.org/v1"
const longestHeader = 8192
const lineLength = 64
const privateKeyStart = Buffer.from("302e020100300506032b656e04220420", "hex")

/** How many bytes from the start of an age file are enough to read its header and its nonce. */
export const headSize = longestHeader + tagSize

/** The key of the payload, and where the payload begins. Reads the header, of which every byte is checked; the source then stands at the payload. */
export async function readAgeHeader(identity: string, source: AgeSource): Promise<{ key: Uint8Array; payloadAt: number }> {
  const { stanzas, signed, mac, length } = await readHeader(source)
  const fileKey = unwrapped(identity, stanzas)
  const expected = createHmac("sha256", derivedKey(fileKey, new Uint8Array(), "header")).update(signed).digest()
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw new Error("The header of this age file was changed")
  const nonce = (await source.peek(length + tagSize)).subarray(length, length + tagSize)
  if (nonce.length < tagSize) throw new Error("This age file was cut off")
  const key = derivedKey(fileKey, nonce, "payload")
  source.skip(length + tagSize)
  return { key, payloadAt: length + tagSize }
}

type Stanza = { words: string[]; body: Buffer }
type Header = { stanzas: Stanza[]; signed: Buffer; mac: Buffer; length: number }

async function readHeader(source: AgeSource): Promise<Header> {
  const held = await source.peek(longestHeader)
  const start = Buffer.from(held.buffer, held.byteOffset, Math.min(held.length, longestHeader))
  const end = start.indexOf("\n--- ")
  const lineEnd = end < 0 ? -1 : start.indexOf("\n", end + 1)
  if (lineEnd < 0) throw new Error("This is not an age file")
  const [version, ...lines] = start.toString("latin1", 0, end).split("\n")
  if (version !== ageVersion) throw new Error("This is not an age file of version 1")
  return { stanzas: stanzasOf(lines), signed: start.subarray(0, end + 4), mac: fromBase64(start.toString("latin1", end + 5, lineEnd)), length: lineEnd + 1 }
}

/** Each stanza is a line of words after "-> " and its body in lines of 64 characters, of which the last one is shorter. */
function stanzasOf(lines: readonly string[]): Stanza[] {
  const stanzas: Stanza[] = []
  let body: string | undefined
  for (const line of lines) {
    if (body === undefined) {
      const words = line.split(" ")
      if (words.shift() !== "->" || words.length === 0 || !words.every((word) => /^[!-~]+$/.test(word))) throw new Error("A line of this age file is not a stanza")
      stanzas.push({ words, body: Buffer.alloc(0) })
      body = ""
    } else {
      if (line.length > lineLength) throw new Error("A line of this age file is too long")
      body += line
      if (line.length === lineLength) continue
      Object.assign(stanzas.at(-1) ?? {}, { body: fromBase64(body) })
      body = undefined
    }
  }
  if (body !== undefined) throw new Error("A stanza of this age file has no end")
  return stanzas
}

/** Base64 without padding, written in the one way there is. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, "base64")
  if (bytes.toString("base64").replace(/=+$/, "") !== text) throw new Error("This age file has base64 that is not canonical")
  return bytes
}

/** The file's own key, out of the first stanza that this identity opens. */
function unwrapped(identity: string, stanzas: readonly Stanza[]): Uint8Array {
  const privateKey = createPrivateKey({ key: Buffer.concat([privateKeyStart, keyBytes(identity, "age-secret-key-")]), format: "der", type: "pkcs8" })
  const recipient = rawPublicKey(createPublicKey(privateKey))
  for (const { words, body } of stanzas) {
    const [kind, argument = "", ...others] = words
    if (kind !== "X25519") continue
    const share = fromBase64(argument)
    if (others.length > 0 || share.length !== 32 || body.length !== 32) throw new Error("A recipient of this age file is malformed")
    const key = wrapKey(diffieHellman({ privateKey, publicKey: publicKeyFrom(share) }), share, recipient)
    try {
      return openSealed(key, Buffer.alloc(12), body)
    } catch {
      // Meant for somebody else; the next one may be ours.
    }
  }
  throw new Error("This identity does not open this age file")
}

/** A key of 32 bytes for one use (HKDF-SHA-256). */
export function derivedKey(key: Uint8Array, salt: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, salt, info, 32))
}

/** What wraps a file's key: of what the two key pairs share, bound to the public halves of both. */
export function wrapKey(shared: Buffer, share: Uint8Array, recipient: Uint8Array): Uint8Array {
  return derivedKey(shared, Buffer.concat([share, recipient]), `${ageVersion}/X25519`)
}

/** An X25519 public key of its 32 bytes. As a JWK: OpenSSL takes four times as long to find out what a DER holds. */
export function publicKeyFrom(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: Buffer.from(raw).toString("base64url") }, format: "jwk" })
}

/** The 32 bytes of an X25519 public key. */
export function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url")
}
