import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { open } from "node:fs/promises"
import { Readable, Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip, createGzip } from "node:zlib"
import { createInterface } from "node:readline"
import { Decrypter, Encrypter } from "age-encryption"
import { keyFor } from "#platform/secrets.ts"

/** The passphrase that seals what a back-up holds of the database: 256 bits that follow from the master key, so that there is one secret to keep apart. */
export function passphraseOf(masterKey: string): string {
  return keyFor("own-backup", masterKey).toString("base64url")
}

/** Costs a guesser nothing more, and us a millisecond: the passphrase is not one that can be guessed. */
const scryptWork = 10

/** So many signs go to be zipped at once: with a line at a time, most of the time goes to handing them over. */
const atOnce = 65_536

/** Writes lines to a new file: gzip within age, flushed to the disk. Returns the SHA-256 of the file, and how many lines. */
export async function writeSealed(path: string, passphrase: string, lines: AsyncIterable<string>): Promise<{ sha256: string; lines: number }> {
  let count = 0
  const counted = async function* () {
    let held = ""
    for await (const line of lines) {
      count += 1
      held += `${line}\n`
      if (held.length < atOnce) continue
      yield held
      held = ""
    }
    if (held) yield held
  }
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(scryptWork)
  const zipped = Readable.from(counted()).pipe(createGzip({ level: 4 }))
  const encrypted = await encrypter.encrypt(bytesOf(zipped))
  const hash = createHash("sha256")
  const hashing = new Transform({
    transform(bytes: Uint8Array, _encoding, done) {
      hash.update(bytes)
      done(null, bytes)
    },
  })
  await pipeline(encrypted, hashing, createWriteStream(path, { mode: 0o600, flags: "wx" }))
  await flush(path)
  return { sha256: hash.digest("hex"), lines: count }
}

/** The lines that `writeSealed` wrote. Throws when a byte was changed, the end is missing, or the passphrase is another one. */
export async function* readSealed(path: string, passphrase: string): AsyncGenerator<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const opened = await decrypter.decrypt(bytesOf(createReadStream(path)))
  const gunzip = createGunzip()
  const unzipping = pipeline(opened, gunzip)
  unzipping.catch(() => undefined)
  for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) yield line
  await unzipping
}

/** The SHA-256 of a file's bytes. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  return hash.digest("hex")
}

/** Returns when a file, or what stands in a folder, would survive a power cut. */
export async function flush(path: string): Promise<void> {
  const file = await open(path, "r")
  await file.sync().finally(() => file.close())
}

function bytesOf(stream: Readable): ReadableStream<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel: () => void stream.destroy(),
  })
}
