/**
 * Reads and drops the rest of what a sender sends, up to `most` bytes, and then closes the line: a sender whose line is closed while it still sends
 * never gets to read why.
 */
export async function drain(reader: ReadableStreamDefaultReader<Uint8Array>, most: number): Promise<void> {
  for (let dropped = 0; dropped <= most; ) {
    const { done, value } = await reader.read()
    if (done) return
    dropped += value.length
  }
  await reader.cancel()
}
