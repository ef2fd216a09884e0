import { Invalid } from "#policy/errors.ts"
import { uploadPieceBytes } from "#policy/own-file-limits.ts"

/**
 * Takes in what a sender sends of something that is `length` long and so far `received`, and hands it on in pieces of a few megabytes. What came in before
 * its sender went away is handed on too, and then Invalid "upload-broken-off" says so; Invalid "upload-changed" when more comes than was announced.
 */
export async function takeIn(reader: ReadableStreamDefaultReader<Uint8Array>, { length, received }: { length: number; received: number }, keep: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  let held: Uint8Array[] = []
  let [weight, kept] = [0, received]
  const flush = async () => {
    if (weight > 0) await keep(Buffer.concat(held))
    kept += weight
    held = []
    weight = 0
  }
  for (;;) {
    const next = await reader.read().catch(() => null)
    if (!next) {
      await flush()
      throw new Invalid("upload-broken-off")
    }
    if (next.done) return flush()
    weight += next.value.length
    held.push(next.value)
    if (kept + weight > length) throw new Invalid("upload-changed")
    if (weight >= uploadPieceBytes) await flush()
  }
}
