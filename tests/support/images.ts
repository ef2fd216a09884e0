import sharp from "sharp"

/** A place that must not survive: 52° 22' 24" north, written as EXIF does (CIPA DC-008), with "GEHEIM" as the camera's name. */
function exifWithPlace(orientation: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16BE(tag, 0)
    bytes.writeUInt16BE(type, 2)
    bytes.writeUInt32BE(count, 4)
    if (type === 3) bytes.writeUInt16BE(value, 8)
    else bytes.writeUInt32BE(value, 8)
    return bytes
  }
  const count = (entries: number) => Buffer.from([0, entries])
  const next = Buffer.alloc(4)
  const first = [entry(0x010f, 2, 7, 62), entry(0x0112, 3, 1, orientation), entry(0x8825, 4, 1, 70)]
  const degrees = Buffer.alloc(24)
  for (const [index, value] of [52, 1, 22, 1, 24, 1].entries()) degrees.writeUInt32BE(value, index * 4)
  const place = [entry(0x0001, 2, 2, 0x4e000000), entry(0x0002, 5, 3, 100)]
  const tiff = Buffer.concat([Buffer.from("MM\0*\0\0\0\x08", "latin1"), count(3), ...first, next, Buffer.alloc(12), Buffer.from("GEHEIM\0\0"), count(2), ...place, next, degrees])
  const body = Buffer.concat([Buffer.from("Exif\0\0"), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** Left half red, right half green. */
async function halves(width: number, height: number) {
  const half = { create: { width: width / 2, height, channels: 3 as const, background: { r: 200, g: 30, b: 30 } } }
  const red = await sharp(half).png().toBuffer()
  return sharp({ create: { width, height, channels: 3, background: { r: 20, g: 160, b: 30 } } }).composite([{ input: red, left: 0, top: 0 }])
}

/** A JPEG as a phone makes it: 120 by 80 points, left red and right green, an orientation (6: turned a quarter), a place, and bytes behind its end. */
export async function phonePhoto(orientation = 6): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await (await halves(120, 80)).jpeg().toBuffer()
  return new Uint8Array(Buffer.concat([plain.subarray(0, 2), exifWithPlace(orientation), plain.subarray(2), Buffer.from("GEHEIM film achter de foto")]))
}

/** A PNG with a text in it that must not survive. */
export async function pngWithText(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await halves(120, 80)).withExif({ IFD0: { ImageDescription: "GEHEIM" } }).png().toBuffer())
}

/** The colour in the middle of each quarter: top left, top right, bottom left, bottom right. */
export async function quarters(bytes: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels
    const [red = 0, green = 0] = data.subarray(start, start + 3)
    return red > green ? "red" : "green"
  }
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]
}
