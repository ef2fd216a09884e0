import type { MadePhoto, PhotoJob, PhotoRefusal } from "./photo-jobs.ts"
import { threadLine } from "./thread-line.ts"

export type { MadePhoto, PhotoJob } from "./photo-jobs.ts"

/** Why a photo was not made: nobody can read it, it is too large, it takes too long, or too many wait. */
export class PhotoRefused extends Error {
  readonly code: PhotoRefusal | "photo-busy"
  constructor(code: PhotoRefusal | "photo-busy") {
    super(code)
    this.name = "PhotoRefused"
    this.code = code
  }
}

const failures = { timeout: "photo-too-slow", "too-large": "photo-too-large", broken: "photo-broken", busy: "photo-busy" } as const

/** A HEIC of 50 million points holds 200 MB three times over while it is turned into a JPEG. libvips stays below `maxPixels` times four bytes beside it. */
const askThread = threadLine<PhotoJob, MadePhoto, PhotoRefusal>({
  name: "photo",
  file: "src/platform/photo-thread.ts",
  megabytes: { heap: 256, whole: 1000, keep: 200 },
  patience: { start: 30_000, silence: () => 30_000, whole: 60_000 },
  waiting: 24,
})

/** Makes a photo anew in the one thread for photos, upright and without metadata. Throws PhotoRefused. */
export async function makePhoto(job: PhotoJob): Promise<MadePhoto> {
  const answer = await askThread(job)
  if ("result" in answer) return answer.result
  const { refused } = answer
  throw new PhotoRefused(refused === "timeout" || refused === "too-large" || refused === "broken" || refused === "busy" ? failures[refused] : refused)
}
