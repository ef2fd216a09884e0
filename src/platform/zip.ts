import { makeZip, predictLength } from "client-zip"

/** A file to put in a zip: `name` with "/" between folders, `size` in bytes, `open` gives its bytes when its turn has come. */
export type ZipEntry = { name: string; size: number; changedAt: Date; open: () => Promise<ReadableStream<Uint8Array>> }

/** How many bytes the zip of these entries has: known beforehand, for nothing is compressed. */
export function zipLength(entries: readonly ZipEntry[]): number {
  return Number(predictLength(entries.map(({ name, size }) => ({ name, size }))))
}

/**
 * A zip of these entries as a stream: one is open at a time, and nothing is read before it is asked for. PDFs and pictures do not compress, so they
 * are stored. When an entry fails, or has another size than it said, the stream fails there; whoever stops reading closes what is open.
 */
export function zipOf(entries: readonly ZipEntry[]): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        // The package opens its first entry as soon as it is called.
        reader ??= makeZip(opened(entries)).getReader()
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      // The package tells the entries to stop by an error, which is nobody's trouble.
      cancel: () => reader?.cancel().catch(() => undefined),
    },
    { highWaterMark: 0 },
  )
}

async function* opened(entries: readonly ZipEntry[]) {
  for (const { name, size, changedAt, open } of entries) {
    const reader = (await open()).getReader()
    try {
      yield { name, size, lastModified: changedAt, input: exactly(size, reader) }
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  }
}

async function* exactly(size: number, reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let given = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    given += next.value.length
    yield inOwnMemory(next.value)
  }
  if (given !== size) throw new Error("A stored file has another size than its row says")
}

/** The same bytes where they stand: copying each piece doubled what a zip of a gigabyte left for the collector. Only shared memory is copied. */
function inOwnMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes)
}
