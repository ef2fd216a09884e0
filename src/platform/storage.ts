import { env } from "./env.ts"
import { folderStorage } from "./storage-folder.ts"

/** Where bytes are kept under a key. What is stored is stored whole or not at all; storing a key again replaces it. */
export interface Storage {
  /** Returns when the bytes would survive a power cut. A stream that fails leaves what was there before. Throws StorageFull when there is no room. */
  put(key: string, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<void>
  /**
   * The bytes, or `part.length` of them from `part.from` on (fewer where they end, none past the end). Throws StorageMissing before the first
   * byte when there is nothing under this key.
   */
  get(key: string, part?: { from: number; length: number }): Promise<ReadableStream<Uint8Array>>
  /** The number of bytes, or undefined when there is nothing under this key. */
  size(key: string): Promise<number | undefined>
  /** Removing what is not there is fine. */
  remove(key: string): Promise<void>
  /** Every key that starts with `prefix` ("" for all), in no particular order, one page in memory at a time. */
  list(prefix: string): AsyncIterable<{ key: string; changedAt: Date }>
  /** Makes the place itself when it is missing, and clears what was cut off half way. Run at migration. */
  prepare(): Promise<void>
}

/** There is nothing under this key. */
export class StorageMissing extends Error {
  constructor(options?: ErrorOptions) {
    super("Nothing is stored under this key", options)
    this.name = "StorageMissing"
  }
}

/** There is no room for these bytes; nothing of them was kept. The cause is what the disk or the store said. */
export class StorageFull extends Error {
  constructor(options?: ErrorOptions) {
    super("There is no room to keep bytes", options)
    this.name = "StorageFull"
  }
}

const keyShape = /^[a-z0-9][a-z0-9_-]*(?:[./][a-z0-9][a-z0-9_-]*)*$/i
const longestKey = 200

/** Keys are plain ASCII paths such as "files/0198c0de-...": no dots that climb, no empty parts, at most 200 characters. */
export function assertKey(key: string): void {
  if (key.length > longestKey || !keyShape.test(key)) throw new Error("This is not a storage key")
}

let chosen: Promise<Storage> | undefined

/** The storage that STORAGE names. The S3 client is loaded only where it is used. */
export function storage(): Promise<Storage> {
  return (chosen ??= openStorage(env().STORAGE))
}

async function openStorage(choice: string): Promise<Storage> {
  const [kind, place] = [choice.slice(0, choice.indexOf(":")), choice.slice(choice.indexOf(":") + 1)]
  if (kind === "folder") return folderStorage(place)
  const { s3Storage } = await import("./storage-s3.ts")
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env()
  return s3Storage({ bucket: place, endpoint: S3_ENDPOINT, region: S3_REGION, accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY })
}
