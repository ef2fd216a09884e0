import { createDecipheriv } from "node:crypto"

/** What a piece of a payload holds, and what the cipher adds to it. */
export const pieceSize = 65_536
export const tagSize = 16

/** Bytes that come in any sizes, taken in the sizes that are needed. */
export class AgeSource {
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

/**
 * The pieces of a payload (the STREAM construction): a counter and a mark on the last one are part of each nonce. From the first piece on, the
 * last is the one after which nothing comes; from the middle of a file the caller says which `first` and which `last` one is.
 */
export class AgePieces {
  ended = false
  readonly #key: Uint8Array
  readonly #source: AgeSource
  readonly #last: number | undefined
  #count: number

  constructor(key: Uint8Array, source: AgeSource, { first = 0, last }: { first?: number; last?: number } = {}) {
    this.#key = key
    this.#source = source
    this.#count = first
    this.#last = last
  }

  async next(): Promise<Uint8Array> {
    const whole = pieceSize + tagSize
    const held = await this.#source.peek(this.#last === undefined ? whole + 1 : whole)
    const isLast = this.#last === undefined ? held.length <= whole : this.#count === this.#last
    const piece = held.subarray(0, whole)
    const plain = openSealed(this.#key, pieceNonce(this.#count, isLast), piece)
    if (isLast && plain.length === 0 && this.#count > 0) throw new Error("An age file must not end in an empty piece")
    this.#source.skip(piece.length)
    this.#count += 1
    this.ended = isLast
    return plain
  }
}

/** The nonce of a piece: which one it is (from 0), and whether it is the last. */
export function pieceNonce(count: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(count, 5, 6)
  if (isLast) nonce[11] = 1
  return nonce
}

/** Opens what ChaCha20-Poly1305 sealed. Throws when a bit of it was changed. */
export function openSealed(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < tagSize) throw new Error("This age file was cut off")
  const decipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagSize })
  decipher.setAuthTag(sealed.subarray(sealed.length - tagSize))
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagSize))
  decipher.final()
  return plain
}
