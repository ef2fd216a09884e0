import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, timingSafeEqual } from "node:crypto"

/**
 * Reads age files (age-encryption.org/v1, the C2SP specification) with the ciphers of Node itself, four times as fast as the same ciphers in
 * JavaScript. Only what this product writes: recipients of the kind X25519. Writing is done by the age-encryption package, which also
 * stands against this in the tests.
 */
const firstLine = "age-encryption.org/v1"
const longestHeader = 8192
const lineLength = 64
const pieceSize = 65_536
const tagSize = 16
const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
const privateKeyStart = Buffer.from("302e020100300506032b656e04220420", "hex")
const publicKeyStart = Buffer.from("302a300506032b656e032100", "hex")

/** Decrypts a stream, 64 kB at a time, each piece checked before it is handed on. The header and the first piece are checked before it answers. */
export async function readAge(identity: string, encrypted: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const source = new Source(encrypted)
  try {
    const pieces = new Pieces(await payloadKey(identity, source), source)
    const first = await pieces.next()
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => hand(controller, first, pieces),
        pull: async (controller) => hand(controller, await pieces.next(), pieces),
        cancel: () => source.cancel(),
      },
      { highWaterMark: 0 },
    )
  } catch (error) {
    await source.cancel()
    throw error
  }
}

function hand(controller: ReadableStreamDefaultController<Uint8Array>, piece: Uint8Array, pieces: Pieces): void {
  if (piece.length > 0) controller.enqueue(piece)
  if (pieces.ended) controller.close()
}

/** Bytes that come in any sizes, taken in the sizes that are needed. */
class Source {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #held: Uint8Array = new Uint8Array()
  #ended = false

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader()
  }

  /** What is held after reading on until there are `count` bytes, or all there are. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#held.length < count && !this.#ended) {
      const { done, value } = await this.#reader.read()
      if (done) this.#ended = true
      else this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value])
    }
    return this.#held
  }

  skip(count: number): void {
    this.#held = this.#held.subarray(count)
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined)
  }
}

/** The pieces of a payload (the STREAM construction): a counter and a mark on the last one are part of each nonce. */
class Pieces {
  ended = false
  readonly #key: Uint8Array
  readonly #source: Source
  #count = 0

  constructor(key: Uint8Array, source: Source) {
    this.#key = key
    this.#source = source
  }

  async next(): Promise<Uint8Array> {
    const whole = pieceSize + tagSize
    const held = await this.#source.peek(whole + 1)
    const isLast = held.length <= whole
    const piece = held.subarray(0, whole)
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(this.#count, 5, 6)
    if (isLast) nonce[11] = 1
    const plain = opened(this.#key, nonce, piece)
    if (isLast && plain.length === 0 && this.#count > 0) throw new Error("An age file must not end in an empty piece")
    this.#source.skip(piece.length)
    this.#count += 1
    this.ended = isLast
    return plain
  }
}

async function payloadKey(identity: string, source: Source): Promise<Uint8Array> {
  const { stanzas, signed, mac, length } = await readHeader(source)
  const fileKey = unwrapped(identity, stanzas)
  const expected = createHmac("sha256", derived(fileKey, new Uint8Array(), "header")).update(signed).digest()
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw new Error("The header of this age file was changed")
  const nonce = (await source.peek(length + tagSize)).subarray(length, length + tagSize)
  if (nonce.length < tagSize) throw new Error("This age file was cut off")
  const key = derived(fileKey, nonce, "payload")
  source.skip(length + tagSize)
  return key
}

type Stanza = { words: string[]; body: Buffer }
type Header = { stanzas: Stanza[]; signed: Buffer; mac: Buffer; length: number }

async function readHeader(source: Source): Promise<Header> {
  const held = await source.peek(longestHeader)
  const start = Buffer.from(held.buffer, held.byteOffset, Math.min(held.length, longestHeader))
  const end = start.indexOf("\n--- ")
  const lineEnd = end < 0 ? -1 : start.indexOf("\n", end + 1)
  if (lineEnd < 0) throw new Error("This is not an age file")
  const [version, ...lines] = start.toString("latin1", 0, end).split("\n")
  if (version !== firstLine) throw new Error("This is not an age file of version 1")
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
  const privateKey = createPrivateKey({ key: Buffer.concat([privateKeyStart, scalarOf(identity)]), format: "der", type: "pkcs8" })
  const recipient = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(publicKeyStart.length)
  for (const { words, body } of stanzas) {
    const [kind, argument = "", ...others] = words
    if (kind !== "X25519") continue
    const share = fromBase64(argument)
    if (others.length > 0 || share.length !== 32 || body.length !== 32) throw new Error("A recipient of this age file is malformed")
    const publicKey = createPublicKey({ key: Buffer.concat([publicKeyStart, share]), format: "der", type: "spki" })
    const key = derived(diffieHellman({ privateKey, publicKey }), Buffer.concat([share, recipient]), `${firstLine}/X25519`)
    try {
      return opened(key, Buffer.alloc(12), body)
    } catch {
      // Meant for somebody else; the next one may be ours.
    }
  }
  throw new Error("This identity does not open this age file")
}

function derived(key: Uint8Array, salt: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, salt, info, 32))
}

function opened(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < tagSize) throw new Error("This age file was cut off")
  const decipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagSize })
  decipher.setAuthTag(sealed.subarray(sealed.length - tagSize))
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagSize))
  decipher.final()
  return plain
}

/** The 32 bytes in "AGE-SECRET-KEY-1...": Bech32 (BIP 173) without its checksum, since identities are kept sealed. */
function scalarOf(identity: string): Uint8Array {
  const text = identity.toLowerCase()
  const digits = [...text.slice(text.lastIndexOf("1") + 1, -6)].map((letter) => letters.indexOf(letter))
  const bits = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("")
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2))
}
