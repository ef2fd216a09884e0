import { readFileSync } from "node:fs"
import { join } from "node:path"
import { deflateSync } from "node:zlib"
import sharp from "sharp"
import { expect, test } from "vitest"
import { paintPage } from "#platform/pdf.ts"
import { photoPdf, type PhotoPage } from "#platform/photo-pdf.ts"
import { makePhoto } from "#platform/photo.ts"
import { phonePhoto, pngWithText, quarters } from "../support/images.ts"

const most = { maxPixels: 108_000_000 }
const heic = new Uint8Array(readFileSync(join(import.meta.dirname, "../images/half-red-half-green.heic")))

test("the photo that the tests make has a place, a camera and an orientation to lose", async () => {
  const { exif, orientation, width } = await sharp(await phonePhoto()).metadata()
  expect([exif?.includes("GEHEIM"), exif?.includes(Buffer.from([0x88, 0x25])), orientation, width]).toEqual([true, true, 6, 120])
})

test("a photo of a phone stands upright and tells nothing but its points", async () => {
  const made = await makePhoto({ kind: "jpeg", as: "photo", bytes: await phonePhoto(6), ...most })
  expect(made).toMatchObject({ mediaType: "image/jpeg", width: 80, height: 120, isGrey: false })
  expect(await quarters(made.bytes)).toEqual(["red", "red", "green", "green"])
  const { exif, xmp, icc, iptc, orientation } = await sharp(made.bytes).metadata()
  expect([exif, xmp, icc, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
  expect(Buffer.from(made.bytes).includes("GEHEIM")).toBe(false)
})

test.each([[1, "red green red green"], [2, "green red green red"], [3, "green red green red"], [6, "red red green green"], [8, "green green red red"]])("orientation %i is %s", async (orientation, expected) => {
  const made = await makePhoto({ kind: "jpeg", as: "photo", bytes: await phonePhoto(orientation), ...most })
  expect((await quarters(made.bytes)).join(" ")).toBe(expected)
})

test("a PNG stays a PNG and loses its texts", async () => {
  const bytes = await pngWithText()
  expect(Buffer.from(bytes).includes("GEHEIM")).toBe(true)
  const made = await makePhoto({ kind: "png", as: "photo", bytes, ...most })
  expect([made.mediaType, await quarters(made.bytes)]).toEqual(["image/png", ["red", "green", "red", "green"]])
  expect(Buffer.from(made.bytes).includes("GEHEIM")).toBe(false)
})

test("a HEIC becomes a JPEG", async () => {
  const made = await makePhoto({ kind: "heic", as: "photo", bytes: heic, ...most })
  expect(made).toMatchObject({ mediaType: "image/jpeg", width: 120, height: 80 })
  expect((await sharp(made.bytes).metadata()).format).toBe("jpeg")
  expect(await quarters(made.bytes)).toEqual(["red", "green", "red", "green"])
})

/** A PNG of a few kilobytes whose header says that it is this large, with that many empty lines in it. */
function bomb(width: number, height: number): Uint8Array {
  const crcs = Array.from({ length: 256 }, (_, one) => Array.from({ length: 8 }).reduce<number>((crc) => (crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1), one))
  const chunk = (kind: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(kind), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE((body.reduce((crc, byte) => (crcs[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0)
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0], 8)
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.alloc(50_000_000))), chunk("IEND", Buffer.alloc(0))])
}

test("a small file that unpacks into a picture of 2.5 billion points is refused, in little memory, and the next photo is made", async () => {
  const before = process.memoryUsage().rss
  await expect(makePhoto({ kind: "png", as: "photo", bytes: bomb(50_000, 50_000), ...most })).rejects.toMatchObject({ code: "photo-too-large" })
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
  expect((await makePhoto({ kind: "heic", as: "photo", bytes: heic, ...most })).width).toBe(120)
})

test("a HEIC that says it is too large is refused before it is decoded", async () => {
  await expect(makePhoto({ kind: "heic", as: "photo", bytes: heic, maxPixels: 120 * 80 - 1 })).rejects.toMatchObject({ code: "photo-too-large" })
})

test.each([["jpeg", "\xff\xd8\xff\xe0 en dan niets"], ["png", "\x89PNG\r\n\x1a\n en dan niets"], ["heic", "\0\0\0\x18ftypheic en dan niets"]] as const)("a broken %s is refused, and the thread goes on", async (kind, text) => {
  await expect(makePhoto({ kind, as: "photo", bytes: Buffer.from(text, "latin1"), ...most })).rejects.toMatchObject({ code: "photo-broken" })
  expect((await makePhoto({ kind: "jpeg", as: "photo", bytes: await phonePhoto(), ...most })).width).toBe(80)
})

test("a HEIC cut off or changed at any of many places is a photo or a refusal, never a hang", async () => {
  for (let at = 20; at < heic.length; at += 47) {
    const changed = heic.with(at, (heic[at] ?? 0) ^ 0x5a)
    for (const bytes of [heic.slice(0, at), changed]) {
      const answer = await makePhoto({ kind: "heic", as: "photo", bytes, ...most }).catch((error: unknown) => error)
      expect(answer).toSatisfy((one: unknown) => typeof one === "object" && one !== null && ("bytes" in one || ("code" in one && String(one.code).startsWith("photo-"))))
    }
  }
}, 60_000)

test("photos become one PDF in the order in which they were chosen, each on a sheet that lies or stands as it does", async () => {
  async function* pages(): AsyncGenerator<PhotoPage> {
    for (const orientation of [6, 1]) yield makePhoto({ kind: "jpeg", as: "page", bytes: await phonePhoto(orientation), ...most })
  }
  const parts: Uint8Array[] = []
  for await (const part of photoPdf("Bonnetjes (maart) ✓", pages())) parts.push(part)
  const pdf = Buffer.concat(parts)
  const painted = await Promise.all([1, 2].map((page) => paintPage(new Uint8Array(pdf), page, 200)))
  expect(await Promise.all(painted.map(async (bytes) => ((await sharp(bytes).metadata()).height ?? 0) > 200))).toEqual([true, false])
  expect(await Promise.all(painted.map(quarters))).toEqual([["red", "red", "green", "green"], ["red", "green", "red", "green"]])
  expect(pdf.includes("GEHEIM")).toBe(false)
})
