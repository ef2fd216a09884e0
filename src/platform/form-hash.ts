import { createHash } from "node:crypto"
import type { FormPart } from "./multipart.ts"

/** More came than may come. */
export class FormTooLarge extends Error {
  constructor() {
    super("This form is too large")
    this.name = "FormTooLarge"
  }
}

/** The same stream, which fails with FormTooLarge past so many bytes, and with whatever `broken` makes when its sender goes away. */
export function limited(body: ReadableStream<Uint8Array>, most: number, broken: () => Error): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let count = 0
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch(() => {
          throw broken()
        })
        if (done) return controller.close()
        count += value.length
        if (count > most) throw new FormTooLarge()
        controller.enqueue(value)
      },
      async cancel() {
        await reader.cancel()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The same parts, and a SHA-256 of what they are, to be asked when all of them were read: whatever stands between them (the boundary) does not count. */
export function hashedParts(parts: AsyncIterable<FormPart>): { parts: AsyncGenerator<FormPart>; fingerprint: () => Uint8Array<ArrayBuffer> } {
  const hash = createHash("sha256")
  async function* read(): AsyncGenerator<FormPart> {
    for await (const { name, fileName, stream } of parts) {
      const content = createHash("sha256")
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          content.update(piece)
          controller.enqueue(piece)
        },
      })
      yield { name, fileName, stream: stream.pipeThrough(counted) }
      hash.update(`${JSON.stringify([name, fileName, content.digest("hex")])}\n`)
    }
  }
  return { parts: read(), fingerprint: () => new Uint8Array(hash.digest()) }
}

/** A part as text, at most so many bytes; null when there is more. */
export async function textOf({ stream }: FormPart, most: number): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of stream) {
    size += piece.length
    if (size <= most) pieces.push(piece)
  }
  return size > most ? null : Buffer.concat(pieces).toString()
}
