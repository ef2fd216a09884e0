import { createCipheriv, createHmac, diffieHellman, generateKeyPairSync, randomBytes } from "node:crypto"
import { keyBytes } from "./age-bech32.ts"
import { ageVersion, derivedKey, publicKeyFrom, rawPublicKey, wrapKey } from "./age-header.ts"
import { AgeSource, pieceNonce, pieceSize, tagSize } from "./age-pieces.ts"
import { streamOf } from "./stream-of.ts"

/** Encrypts bytes as an age file (age-encryption.org/v1) that the owner of `recipient` ("age1...") can open. Throws when it is no recipient. */
export function writeAge(recipient: string, bytes: Uint8Array): Buffer {
  const { start, key } = newHeader(recipient)
  const sealed = [start]
  for (let from = 0, count = 0; count === 0 || from < bytes.length; from += pieceSize, count += 1) {
    sealed.push(...sealPiece(key, count, bytes.subarray(from, from + pieceSize), from + pieceSize >= bytes.length))
  }
  return Buffer.concat(sealed)
}

/** As writeAge, of a stream: a piece of 64 kB is in memory at a time. A stream that fails makes it fail too, without a last piece. */
export function writeAgeStream(recipient: string, stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return streamOf(piecesOf(newHeader(recipient), new AgeSource(stream)))
}

async function* piecesOf({ start, key }: Header, source: AgeSource): AsyncGenerator<Uint8Array> {
  try {
    yield start
    for (let count = 0; ; count += 1) {
      const held = await source.peek(pieceSize + 1)
      const isLast = held.length <= pieceSize
      yield Buffer.concat(sealPiece(key, count, held.subarray(0, pieceSize), isLast))
      if (isLast) return
      source.skip(pieceSize)
    }
  } finally {
    await source.cancel()
  }
}

type Header = { start: Buffer; key: Uint8Array }

/** A key of its own for each file, wrapped for the recipient under a key pair that is forgotten at once; and the nonce that the payload begins with. */
function newHeader(recipient: string): Header {
  const publicKey = keyBytes(recipient, "age")
  const own = generateKeyPairSync("x25519")
  const [fileKey, nonce, share] = [randomBytes(16), randomBytes(16), rawPublicKey(own.publicKey)]
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: publicKeyFrom(publicKey) })
  const body = Buffer.concat(seal(wrapKey(shared, share, publicKey), Buffer.alloc(12), fileKey))
  const signed = `${ageVersion}\n-> X25519 ${base64(share)}\n${base64(body)}\n---`
  const mac = createHmac("sha256", derivedKey(fileKey, new Uint8Array(), "header")).update(signed).digest()
  return { start: Buffer.concat([Buffer.from(`${signed} ${base64(mac)}\n`), nonce]), key: derivedKey(fileKey, nonce, "payload") }
}

function sealPiece(key: Uint8Array, count: number, piece: Uint8Array, isLast: boolean): Buffer[] {
  return seal(key, pieceNonce(count, isLast), piece)
}

function seal(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Buffer[] {
  const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagSize })
  return [cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
}

/** Base64 without padding. */
function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "")
}
