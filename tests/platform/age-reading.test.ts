import { createHash } from "node:crypto"
import { inflateSync } from "node:zlib"
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { readAge, readAgePart } from "#platform/age-reading.ts"
import vectors from "./age-vectors.json" with { type: "json" }

type Vector = { name: string; facts: Map<string, string>; file: Uint8Array }

/** The public test vectors of the format (C2SP CCTV, 0BSD), without what this product never writes: armor, passphrases, post-quantum recipients. */
const known = Object.entries(vectors).map(([name, text]) => readVector(name, Buffer.from(text, "base64")))

test.each(known)("test vector $name", async ({ facts, file }) => {
  const reading = readWhole(facts.get("identity") ?? "", file)
  if (facts.get("expect") !== "success") return expect(reading).rejects.toThrow()
  expect(createHash("sha256").update(await reading).digest("hex")).toBe(facts.get("payload"))
})

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])("%i bytes written by the age package are read back, in whatever pieces they come", async (size) => {
  const { identity, encrypted, plain } = await written(size)
  for (const pieceSize of [1_000_000, 65_536, 997]) expect(Buffer.compare(await readWhole(identity, encrypted, pieceSize), plain)).toBe(0)
})

test("any byte that is changed or missing is noticed", async () => {
  const { identity, encrypted } = await written(70_000)
  for (let at = 0; at < encrypted.length; at += at < 300 ? 1 : 997) {
    const changed = Uint8Array.from(encrypted)
    changed[at] = (changed[at] ?? 0) ^ 1
    await expect(readWhole(identity, changed), `byte ${at} changed`).rejects.toThrow()
    await expect(readWhole(identity, encrypted.subarray(0, at)), `cut at ${at}`).rejects.toThrow()
  }
})

test("nothing of a piece is handed on before it is checked, and what came before it is", async () => {
  const { identity, encrypted } = await written(150_000)
  encrypted[encrypted.length - 1] = (encrypted.at(-1) ?? 0) ^ 1
  const reader = (await readAge(identity, inPieces(encrypted, 10_000))).getReader()
  let given = 0
  await expect(
    (async () => {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) given += piece.value.length
    })(),
  ).rejects.toThrow()
  expect(given).toBe(131_072)
})

test("a reader that stops early lets go of the source", async () => {
  const { identity, encrypted } = await written(400_000)
  let isLetGo = false
  const source = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(encrypted.subarray(0, 100_000)), cancel: () => void (isLetGo = true) })
  const stream = await readAge(identity, source)
  await stream.cancel()
  expect(isLetGo).toBe(true)
})

const size = 200_000
const places = [[0, 1], [0, size], [65_535, 65_537], [65_536, 131_072], [131_071, 131_073], [196_608, size], [size - 1, size], [70_000, 190_000]] as const

test.each(places)("from byte %i up to %i is read as it stands in the whole, and no further than its pieces", async (start, end) => {
  const { identity, encrypted, plain } = await written(size)
  const read: number[] = []
  const stream = await readAgePart(identity, async (from, length) => (read.push(length), inPieces(encrypted.subarray(from, from + length), 10_000)), { start, end, size })
  expect(Buffer.compare(Buffer.from(await new Response(stream).arrayBuffer()), plain.subarray(start, end))).toBe(0)
  expect(read).toEqual([8208, (Math.ceil(end / 65_536) - Math.floor(start / 65_536)) * 65_552])
})

test.each([65_536, 131_072, 65_537])("every byte of a file of %i bytes can be asked for by itself", async (whole) => {
  const { identity, encrypted, plain } = await written(whole)
  for (const at of [0, 65_535, whole - 1]) expect([...(await readSome(identity, encrypted, { start: at, end: at + 1, size: whole }))]).toEqual([plain[at]])
})

test("a part is refused when its piece was changed, stands elsewhere, is cut off, or the file was made longer or shorter", async () => {
  const { identity, encrypted } = await written(size)
  const part = { start: 70_000, end: 70_010, size }
  const from = encrypted.length - (size + 4 * 16)
  const piece = (nr: number) => encrypted.subarray(from + nr * 65_552, from + (nr + 1) * 65_552)
  const swapped = Buffer.concat([encrypted.subarray(0, from), piece(1), piece(0), piece(2), piece(3)])
  const flipped = Uint8Array.from(encrypted)
  flipped[from + 65_552 + 5] = (flipped[from + 65_552 + 5] ?? 0) ^ 1
  for (const file of [swapped, flipped, encrypted.subarray(0, from + 65_552 + 100), encrypted.subarray(0, from)]) await expect(readSome(identity, file, part)).rejects.toThrow()
  await expect(readSome(identity, encrypted.subarray(0, from + 2 * 65_552), { ...part, size: 131_072 })).rejects.toThrow()
  await expect(readSome(identity, encrypted, { start: 190_000, end: 196_000, size: 196_608 })).rejects.toThrow()
  expect((await readSome(identity, encrypted, part)).length).toBe(10)
})

async function readSome(identity: string, file: Uint8Array, part: { start: number; end: number; size: number }): Promise<Buffer> {
  const stream = await readAgePart(identity, async (from, length) => inPieces(file.subarray(from, from + length), 20_000), part)
  return Buffer.from(await new Response(stream).arrayBuffer())
}

async function written(size: number): Promise<{ identity: string; encrypted: Uint8Array; plain: Uint8Array }> {
  const identity = await generateX25519Identity()
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  const plain = new Uint8Array(size).map((_, index) => (index * 7) % 251)
  return { identity, encrypted: await encrypter.encrypt(plain), plain }
}

async function readWhole(identity: string, file: Uint8Array, pieceSize = 50_000): Promise<Buffer> {
  const stream = await readAge(identity, inPieces(file, pieceSize))
  return Buffer.from(await new Response(stream).arrayBuffer())
}

function inPieces(file: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= file.length) return controller.close()
      controller.enqueue(file.subarray(at, (at += size)))
    },
  })
}

function readVector(name: string, bytes: Uint8Array): Vector {
  const text = Buffer.from(bytes).toString("latin1")
  const end = text.indexOf("\n\n")
  const facts = new Map(text.slice(0, end).split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)] as const))
  const body = bytes.subarray(end + 2)
  return { name, facts, file: facts.get("compressed") === "zlib" ? inflateSync(body) : body }
}
