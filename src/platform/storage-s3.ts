import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3"
import { assertKey, StorageFull, StorageMissing } from "./storage.ts"
import type { Storage } from "./storage.ts"

type S3Settings = { bucket: string; endpoint?: string; region: string; accessKeyId?: string; secretAccessKey?: string }

/** S3 takes parts from 5 MiB; a file below one part goes up in one request. At most 10,000 parts: 80 GB. */
const partSize = 8 * 1_048_576

/**
 * Storage in a bucket of any S3-compatible store. Without keys the SDK's own chain is used (the role of a machine).
 * Bodies are buffers of at most one part, so that every request can be sent again and is signed over its content.
 */
export function s3Storage({ bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Settings): Storage {
  const client = new S3Client({
    endpoint,
    region,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: true,
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000 },
    // Stores other than Amazon's do not all know its newer checksums; the signature covers the content already.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  })
  const at = (key: string) => {
    assertKey(key)
    return { Bucket: bucket, Key: key }
  }

  /** The object appears when the last part is confirmed; a stream that fails leaves nothing. */
  async function putInParts(key: string, first: Uint8Array, others: AsyncIterator<Uint8Array>): Promise<void> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at(key)))
    const upload = { ...at(key), UploadId }
    try {
      const parts = []
      for (let part: Uint8Array | undefined = first, PartNumber = 1; part; PartNumber++) {
        const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: part }))
        parts.push({ PartNumber, ETag })
        part = await nextOf(others)
      }
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }))
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined)
      throw error
    }
  }

  async function putWhole(key: string, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<void> {
    if (bytes instanceof Uint8Array && bytes.length <= partSize) {
      await client.send(new PutObjectCommand({ ...at(key), Body: bytes }))
      return
    }
    const parts = inParts(bytes instanceof Uint8Array ? [bytes] : bytes)[Symbol.asyncIterator]()
    const first = (await nextOf(parts)) ?? new Uint8Array()
    if (first.length < partSize) await client.send(new PutObjectCommand({ ...at(key), Body: first }))
    else await putInParts(key, first, parts)
  }

  return {
    async put(key, bytes) {
      await putWhole(key, bytes).catch((error: unknown) => {
        throw isFull(error) ? new StorageFull({ cause: error }) : error
      })
    },

    async get(key, part) {
      const Range = part && `bytes=${part.from}-${part.from + part.length - 1}`
      const found = await client.send(new GetObjectCommand({ ...at(key), Range })).catch((error: unknown) => {
        if (part && isPastEnd(error)) return null
        throw isMissing(error) ? new StorageMissing({ cause: error }) : error
      })
      if (!found) return new Blob([]).stream()
      if (!found.Body) throw new StorageMissing()
      return found.Body.transformToWebStream()
    },

    async size(key) {
      try {
        return (await client.send(new HeadObjectCommand(at(key)))).ContentLength
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },

    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },

    async *list(prefix) {
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }))
        for (const { Key, LastModified } of page.Contents ?? []) if (Key && LastModified) yield { key: Key, changedAt: LastModified }
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
      } while (ContinuationToken)
    },

    async prepare() {
      const found = await client.send(new HeadBucketCommand({ Bucket: bucket })).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false
          throw error
        },
      )
      if (!found) await client.send(new CreateBucketCommand({ Bucket: bucket }))
    },
  }
}

/** The bytes cut into parts of exactly partSize, except the last. */
async function* inParts(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(partSize)
  let filled = 0
  for await (const piece of bytes) {
    for (let taken = 0; taken < piece.length; ) {
      const some = piece.subarray(taken, taken + partSize - filled)
      part.set(some, filled)
      taken += some.length
      filled += some.length
      if (filled < partSize) continue
      yield part
      part = new Uint8Array(partSize)
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}

async function nextOf(parts: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { value, done } = await parts.next()
  return done ? undefined : value
}

/** How stores say that a disk or a bucket's quota is full: 507 (RFC 4918), or with another status the names of Ceph, MinIO and others. */
const fullNames = new Set(["InsufficientStorage", "QuotaExceeded", "StorageFull", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"])

function isFull(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 507 || fullNames.has(error.name))
}

function isPastEnd(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 404 || error.name === "NoSuchKey")
}
