import start, { type LibHeif } from "libheif-js/libheif-wasm/libheif-bundle.mjs"
import sharp, { type Sharp } from "sharp"
import type { MadePhoto, PhotoJob, PhotoRefusal } from "./photo-jobs.ts"
import { answerJobs } from "./thread-answers.ts"

/** The thread in which photos of strangers are decoded and made anew. Only photo.ts starts it. */
class PhotoRefused extends Error {
  readonly code: PhotoRefusal
  constructor(code: PhotoRefusal) {
    super(code)
    this.code = code
  }
}

const seconds = 25
const pagePoints = 3508
let libheif: LibHeif | undefined

sharp.cache(false)
sharp.concurrency(1)

answerJobs<PhotoJob, MadePhoto, PhotoRefusal>({
  async work(job, alive) {
    alive()
    const photo = job.kind === "heic" ? await openHeic(job) : sharp(job.bytes, { limitInputPixels: job.maxPixels, failOn: "error", autoOrient: true, animated: false })
    alive()
    return make(photo, job)
  },
  refusalOf,
  broken: "photo-broken",
  memory: () => libheif?.HEAPU8.length ?? 0,
})

/** Leaves out EXIF, XMP, IPTC, the colour profile (colours become sRGB), thumbnails and whatever stood after the picture. */
async function make(photo: Sharp, { kind, as }: PhotoJob): Promise<MadePhoto> {
  const upright = photo.toColourspace("srgb").timeout({ seconds })
  const isPng = kind === "png" && as === "photo"
  const made = isPng ? upright.png({ compressionLevel: 7 }) : upright.flatten({ background: "#ffffff" }).jpeg({ quality: as === "page" ? 82 : 92 })
  const sized = as === "page" ? made.resize({ width: pagePoints, height: pagePoints, fit: "inside", withoutEnlargement: true }) : made
  const { data, info } = await sized.toBuffer({ resolveWithObject: true })
  return { mediaType: isPng ? "image/png" : "image/jpeg", bytes: new Uint8Array(data), width: info.width, height: info.height, isGrey: info.channels === 1 }
}

/** The main picture of a HEIC, turned as its file says (libheif does that itself, ISO/IEC 23008-12 6.5.10). */
async function openHeic({ bytes, maxPixels }: PhotoJob): Promise<Sharp> {
  libheif ??= start()
  const images = new libheif.HeifDecoder().decode(bytes)
  const image = images.find((one) => one.is_primary()) ?? images[0]
  if (!image) throw new PhotoRefused("photo-broken")
  const [width, height] = [image.get_width(), image.get_height()]
  if (!(width > 0 && height > 0)) throw new PhotoRefused("photo-broken")
  if (width * height > maxPixels) throw new PhotoRefused("photo-too-large")
  const pixels = await new Promise<{ data: Uint8ClampedArray } | null>((resolve) => image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, resolve))
  for (const one of images) one.free()
  if (!pixels) throw new PhotoRefused("photo-broken")
  return sharp(pixels.data, { raw: { width, height, channels: 4 }, limitInputPixels: maxPixels }).removeAlpha()
}

/** Whatever libvips and libheif say is about the file, and the thread is fit for the next one. */
function refusalOf(error: unknown): PhotoRefusal {
  if (error instanceof PhotoRefused) return error.code
  const text = String(error)
  if (/pixel limit/i.test(text)) return "photo-too-large"
  return /timeout/i.test(text) ? "photo-too-slow" : "photo-broken"
}
