import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { readAge } from "#platform/age-reading.ts"
import { writeAge, writeAgeStream } from "#platform/age-writing.ts"

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)
const sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000]

test.each(sizes)("%i bytes are read by the age package and by us, written whole and as a stream of whatever pieces", async (size) => {
  const plain = bytesOf(size)
  const streams = await Promise.all([1_000_000, 65_536, 997].map((pieceSize) => whole(writeAgeStream(recipient, inPieces(plain, pieceSize)))))
  for (const encrypted of [writeAge(recipient, plain), ...streams]) {
    expect(Buffer.compare(await opened(encrypted), plain)).toBe(0)
    expect(Buffer.compare(await whole(await readAge(identity, inPieces(encrypted, 50_000))), plain)).toBe(0)
    expect(encrypted.length).toBe(writeAge(recipient, plain).length)
  }
})

test("a file has the form of the format: one stanza, the mark of the header, a nonce and pieces", () => {
  const lines = writeAge(recipient, bytesOf(10)).toString("latin1").split("\n")
  expect(lines[0]).toBe("age-encryption.org/v1")
  expect(lines[1]).toMatch(/^-> X25519 [A-Za-z0-9+/]{43}$/)
  expect(lines[2]).toMatch(/^[A-Za-z0-9+/]{43}$/)
  expect(lines[3]).toMatch(/^--- [A-Za-z0-9+/]{43}$/)
  expect(Buffer.from(lines.slice(4).join("\n"), "latin1").length).toBe(16 + 10 + 16)
})

test("the same bytes for the same dossier never look the same, and nothing of them shows", () => {
  const plain = Buffer.from("Netto te betalen 4.150,53")
  const [one, other] = [writeAge(recipient, plain), writeAge(recipient, plain)]
  expect(one.equals(other)).toBe(false)
  expect(one.subarray(0, 100).equals(other.subarray(0, 100))).toBe(false)
  expect(one.includes("4.150")).toBe(false)
})

test("somebody else's identity opens nothing", async () => {
  const decrypter = new Decrypter()
  decrypter.addIdentity(await generateX25519Identity())
  await expect(decrypter.decrypt(new Uint8Array(writeAge(recipient, bytesOf(10))))).rejects.toThrow()
})

test("a recipient with one letter changed, cut off or of another kind is refused: what was written for it could never be read", () => {
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
  for (let at = 4; at < recipient.length; at += 1) {
    const other = letters[(letters.indexOf(recipient[at] ?? "") + 1) % letters.length] ?? ""
    expect(() => writeAge(recipient.slice(0, at) + other + recipient.slice(at + 1), bytesOf(1)), `letter ${at}`).toThrow("This is not a key of age")
  }
  for (const wrong of ["", "age1", recipient.slice(0, -1), `${recipient}q`, identity, recipient.replace("age1", "agf1")]) expect(() => writeAge(wrong, bytesOf(1))).toThrow("This is not a key of age")
})

test("a recipient whose key is of low order is refused", () => {
  // Thirty-two zeros: whatever key pair is used, both then share nothing but zeros.
  expect(() => writeAge("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z", bytesOf(1))).toThrow(/^(?!This is not a key of age)/)
})

test("a stream that fails leaves a file that cannot be read to its end", async () => {
  let given = 0
  const failing = new ReadableStream<Uint8Array>({ pull: (controller) => (given++ < 2 ? controller.enqueue(bytesOf(70_000)) : controller.error(new Error("gone away"))) })
  const written: Uint8Array[] = []
  await expect(
    (async () => {
      for await (const piece of writeAgeStream(recipient, failing)) written.push(piece)
    })(),
  ).rejects.toThrow("gone away")
  await expect(opened(Buffer.concat(written))).rejects.toThrow()
})

test("who stops half way lets go of the source", async () => {
  let isLetGo = false
  const source = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(bytesOf(100_000)), cancel: () => void (isLetGo = true) })
  const reader = writeAgeStream(recipient, source).getReader()
  await reader.read()
  await reader.read()
  await reader.cancel()
  expect(isLetGo).toBe(true)
})

function bytesOf(size: number): Uint8Array {
  return new Uint8Array(size).map((_, index) => (index * 7) % 251)
}

async function opened(encrypted: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(new Uint8Array(encrypted))
}

async function whole(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, (at += size)))
    },
  })
}
