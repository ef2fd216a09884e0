import { createHash, randomUUID } from "node:crypto"
import { closeSync, fstatSync, open as openFile, read } from "node:fs"
import { mkdir, open, opendir, readdir, rename, rm, stat } from "node:fs/promises"
import type { FileHandle } from "node:fs/promises"
import { basename, dirname, join, relative, resolve, sep } from "node:path"
import { promisify } from "node:util"
import { assertKey, StorageFull, StorageMissing } from "./storage.ts"
import type { Storage } from "./storage.ts"

const halfFolder = ".half"
const abandonedAfter = 24 * 3600_000
const readWholeUpTo = 1_048_576
const chunk = 262_144
const openToRead = promisify<string, number>(openFile)
const readInto = promisify(read)

/**
 * Storage in a folder of this machine (or a network mount that renames in one step). "files/abc" stands in files/<2 hex>/<2 hex>/abc,
 * the hex from the key's SHA-256, so that a folder stays small with millions of files. Of keys of files what stands behind a dot does not count: "files/abc.1" and "files/abc.2" stand in one
 * folder, and those that are stored at a time share its flush. Written beside its place, flushed, then renamed.
 */
export function folderStorage(folder: string): Storage {
  const root = resolve(folder)
  const half = join(root, halfFolder)

  function pathOf(key: string): string {
    assertKey(key)
    const hash = createHash("sha256").update(key.replace(/^(files\/[^./]+)\.[^./]+$/, "$1")).digest("hex")
    return join(root, dirname(key), hash.slice(0, 2), hash.slice(2, 4), basename(key))
  }

  return {
    async put(key, bytes) {
      const path = pathOf(key)
      const temporary = join(half, randomUUID())
      try {
        await writeFlushed(await openNew(temporary), bytes)
        await inFolder(() => makeFolders(root, dirname(path)), () => rename(temporary, path))
        await flushFolder(dirname(path))
      } catch (error) {
        await rm(temporary, { force: true })
        throw isDiskFull(error) ? new StorageFull({ cause: error }) : error
      }
    },

    async get(key, part) {
      const file = await orMissing(openToRead(pathOf(key)))
      return streamOf(file, part)
    },

    async size(key) {
      const found = await orUndefined(stat(pathOf(key)))
      return found?.size
    },

    async remove(key) {
      await rm(pathOf(key), { force: true })
    },

    async *list(prefix) {
      const start = prefix.slice(0, prefix.lastIndexOf("/") + 1)
      if (start) assertKey(start.slice(0, -1))
      for await (const path of filesUnder(join(root, start))) {
        const parts = relative(root, path).split(sep)
        const key = [...parts.slice(0, -3), ...parts.slice(-1)].join("/")
        const found = key.startsWith(prefix) && parts[0] !== halfFolder ? await orUndefined(stat(path)) : undefined
        if (found) yield { key, changedAt: found.mtime }
      }
    },

    async prepare() {
      await mkdir(half, { recursive: true, mode: 0o700 })
      for (const name of await readdir(half)) {
        const found = await orUndefined(stat(join(half, name)))
        if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(join(half, name), { force: true })
      }
    },
  }
}

async function openNew(path: string): Promise<FileHandle> {
  return inFolder(() => mkdir(dirname(path), { recursive: true, mode: 0o700 }), () => open(path, "wx", 0o600))
}

/** Folders mostly stand already: they are made only where the work fails without. */
async function inFolder<T>(make: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  return work().catch(async (error: unknown) => {
    if (!isMissing(error)) throw error
    await make()
    return work()
  })
}

async function writeFlushed(file: FileHandle, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<void> {
  try {
    if (bytes instanceof Uint8Array) await file.writeFile(bytes)
    else for await (const part of bytes) await file.writeFile(part)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A new folder is only sure to be there after a power cut when its parent has been flushed too. */
async function makeFolders(root: string, path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (!first) return
  for (let made = path; made.length >= first.length && made !== root; made = dirname(made)) await flushFolder(dirname(made))
}

type Flush = { now: Promise<void>; next: Promise<void> | undefined }
const flushes = new Map<string, Flush>()

/** What is asked for while a folder is being flushed is one flush for all who ask, which begins after that one. */
function flushFolder(path: string): Promise<void> {
  const flush = flushes.get(path)
  if (!flush) return beginFlush(path)
  return (flush.next ??= flush.now.catch(() => undefined).then(() => beginFlush(path)))
}

function beginFlush(path: string): Promise<void> {
  const flush: Flush = { now: syncFolder(path), next: undefined }
  flushes.set(path, flush)
  return flush.now.finally(() => {
    if (!flush.next) flushes.delete(path)
  })
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  await folder.sync().finally(() => folder.close())
}

/**
 * A payslip comes in one piece, which costs a fifth of what a file stream costs; large files come in chunks, as fast as they are read. Asking an open file
 * for its size and closing it touch no disk, and cost more when they are handed to another thread.
 */
async function streamOf(file: number, part?: { from: number; length: number }): Promise<ReadableStream<Uint8Array>> {
  const { size } = fstatSync(file)
  let at = Math.min(part?.from ?? 0, size)
  const end = part ? Math.min(at + part.length, size) : size
  if (end - at <= readWholeUpTo) {
    const whole = await readExactly(file, at, end - at).finally(() => closeSync(file))
    return new ReadableStream({
      start(controller) {
        if (whole.length > 0) controller.enqueue(whole)
        controller.close()
      },
    })
  }
  let reading: Promise<Uint8Array> | undefined
  let isOpen = true
  const letGo = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return new ReadableStream(
    {
      async pull(controller) {
        reading = readSome(file, at, Math.min(chunk, end - at))
        const bytes = await reading.catch((error: unknown) => {
          letGo()
          throw error
        })
        at += bytes.length
        if (bytes.length === 0 || at >= end) letGo()
        if (bytes.length > 0) controller.enqueue(bytes)
        if (!isOpen) controller.close()
      },
      // A number that is given back while it is read from may by then be another file's.
      cancel: () => reading?.then(letGo, letGo) ?? letGo(),
    },
    { highWaterMark: 1 },
  )
}

async function readExactly(file: number, from: number, length: number): Promise<Uint8Array> {
  let whole = await readSome(file, from, length)
  while (whole.length < length) {
    const more = await readSome(file, from + whole.length, length - whole.length)
    if (more.length === 0) break
    whole = Buffer.concat([whole, more])
  }
  return whole
}

async function readSome(file: number, from: number, length: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await readInto(file, new Uint8Array(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}

async function* filesUnder(path: string): AsyncIterable<string> {
  const folder = await orUndefined(opendir(path))
  if (!folder) return
  for await (const entry of folder) {
    if (entry.isDirectory()) yield* filesUnder(join(path, entry.name))
    else yield join(path, entry.name)
  }
}

/** The disk is full, this user's share of it is, or a file may not grow further on it. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT" || error.code === "EFBIG")
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")
}

async function orMissing<T>(found: Promise<T>): Promise<T> {
  try {
    return await found
  } catch (error) {
    throw isMissing(error) ? new StorageMissing({ cause: error }) : error
  }
}

async function orUndefined<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
