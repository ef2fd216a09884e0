import { expect, test } from "vitest"
import { FormTooLarge, hashedParts, limited, textOf } from "#platform/form-hash.ts"
import { BrokenForm, fileInForm, openForm } from "#platform/multipart.ts"
import { bytesOf } from "../support/house.ts"

async function encoded(fields: readonly (readonly [string, string | File])[]): Promise<{ type: string; bytes: Buffer }> {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const request = new Response(form)
  return { type: request.headers.get("content-type") ?? "", bytes: Buffer.from(await request.arrayBuffer()) }
}

/** As a line brings it: in pieces of this many bytes. */
function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({ pull: (controller) => (at < bytes.length ? controller.enqueue(bytes.subarray(at, (at += size))) : controller.close()) })
}

const tricky = Buffer.concat([Buffer.from("\r\n--\r\n------formdata\r\n--"), Buffer.from([0, 255, 13, 10, 45, 45]), Buffer.from("\r\n")])
const contents = [["nothing", Buffer.of()], ["a letter", Buffer.from("a")], ["line breaks and dashes", tricky], ["a hundred kilobytes", Buffer.alloc(100_000, "\r\n-")]] as const

test.each(contents)("a file of %s comes out as it went in, whatever stands around it and however it is cut", async (_what, content) => {
  const { type, bytes } = await encoded([["naam", "x"], ["bestand", new File([content], "brief 'één' \"twee\".txt")], ["na", "y"]])
  for (const size of [1, 2, 7, 64, 70_000, bytes.length]) {
    if (size < 7 && content.length > 1000) continue
    const file = await fileInForm(type, inPieces(bytes, size))
    expect(file?.name).toBe("brief 'één' \"twee\".txt")
    expect((await bytesOf(file?.stream ?? new ReadableStream())).equals(content)).toBe(true)
  }
})

test("without a file there is none, and one that was not chosen has no name", async () => {
  const { type, bytes } = await encoded([["naam", "x"]])
  expect(await fileInForm(type, inPieces(bytes, 10))).toBeNull()
  const empty = Buffer.from('--x\r\nContent-Disposition: form-data; name="bestand"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n')
  expect((await fileInForm("multipart/form-data; boundary=x", inPieces(empty, 10)))?.name).toBe("")
})

test("a form cut off anywhere is broken, and never a file", async () => {
  const { type, bytes } = await encoded([["bestand", new File(["inhoud van de brief"], "brief.txt")]])
  const end = bytes.lastIndexOf("\r\n--") + 4
  for (let length = 0; length < end; length += 1) {
    await expect((async () => bytesOf((await fileInForm(type, inPieces(bytes.subarray(0, length), 16)))?.stream ?? new ReadableStream()))(), `${length}`).rejects.toThrow(BrokenForm)
  }
})

test.each(["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x", "multipart/form-data; boundary="])("%j is no such form", async (type) => {
  await expect(fileInForm(type, inPieces(Buffer.from("--x\r\n\r\n--x--"), 9))).rejects.toThrow(BrokenForm)
})

test("a head without an end is given up", async () => {
  const endless = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Buffer.from("--x\r\nX: ")), pull: (controller) => controller.enqueue(Buffer.alloc(1000, "x")) })
  await expect(fileInForm("multipart/form-data; boundary=x", endless)).rejects.toThrow(BrokenForm)
})

test("the parts of a form come one by one in their order, and what nobody reads of one is passed over", async () => {
  const { type, bytes } = await encoded([["soort", "loonstrook"], ["bestand", new File([tricky], "een.pdf")], ["soort", "journaalpost"], ["bestand", new File(["twee"], "twee.pdf")]])
  const found: unknown[] = []
  for await (const part of openForm(type, inPieces(bytes, 5)).parts) found.push(part.fileName === "een.pdf" ? part.fileName : [part.name, part.fileName, await textOf(part, 100)])
  expect(found).toEqual([["soort", null, "loonstrook"], "een.pdf", ["soort", null, "journaalpost"], ["bestand", "twee.pdf", "twee"]])
})

test("the fingerprint of a form is of its parts: not of the line between them, and of every name and byte", async () => {
  const printOf = async (fields: Parameters<typeof encoded>[0], size = 9) => {
    const { type, bytes } = await encoded(fields)
    const { parts, fingerprint } = hashedParts(openForm(type, inPieces(bytes, size)).parts)
    for await (const part of parts) await textOf(part, 10)
    return Buffer.from(fingerprint()).toString("hex")
  }
  const first = await printOf([["a", "1"], ["b", new File(["x"], "x.pdf")]])
  expect(await printOf([["a", "1"], ["b", new File(["x"], "x.pdf")]], 64)).toBe(first)
  const others = [[["a", "2"], ["b", new File(["x"], "x.pdf")]], [["a", "1"], ["b", new File(["y"], "x.pdf")]], [["a", "1"], ["b", new File(["x"], "y.pdf")]], [["a", "1"]], [["b", new File(["x"], "x.pdf")], ["a", "1"]]] as const
  for (const other of others) expect(await printOf(other)).not.toBe(first)
})

test("a body past its limit fails as too large, and one whose sender goes away with what it is told", async () => {
  await expect(bytesOf(limited(inPieces(Buffer.alloc(100), 10), 99, () => new Error("away")))).rejects.toThrow(FormTooLarge)
  expect(await bytesOf(limited(inPieces(Buffer.alloc(100), 10), 100, () => new Error("away")))).toHaveLength(100)
  const gone = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("reset")) })
  await expect(bytesOf(limited(gone, 100, () => new Error("away")))).rejects.toThrow("away")
})
