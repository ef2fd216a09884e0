import { createHash, randomBytes } from "node:crypto"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "s3rver"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { StorageMissing } from "#platform/storage.ts"
import type { Storage } from "#platform/storage.ts"
import { folderStorage } from "#platform/storage-folder.ts"
import { s3Storage } from "#platform/storage-s3.ts"

const kinds: { name: string; open: (place: string) => Promise<{ storage: Storage; close: () => Promise<void> }> }[] = [
  { name: "a folder", open: async (place) => ({ storage: folderStorage(join(place, "files")), close: async () => undefined }) },
  { name: "an S3-compatible store", open: openS3 },
]

describe.each(kinds)("stored in $name", ({ open }) => {
  let place = ""
  let storage: Storage
  let close: () => Promise<void>

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), "loondossier-storage-"))
    const opened = await open(place)
    ;({ storage, close } = opened)
    await storage.prepare()
  })
  afterAll(async () => {
    await close()
    await rm(place, { recursive: true, force: true })
  })

  test.each([0, 1, 60_000, 1_048_576, 1_048_577])("%i bytes come back as they went in", async (size) => {
    const bytes = randomBytes(size)
    await storage.put(`files/whole-${size}`, bytes)
    expect(await hashOf(await storage.get(`files/whole-${size}`))).toBe(hash(bytes))
    expect(await storage.size(`files/whole-${size}`)).toBe(size)
  })

  test.each([0, 10, 8_388_608, 20_000_003])("a stream of %i bytes comes back as it went in", async (size) => {
    const bytes = randomBytes(size)
    await storage.put("files/streamed", inPieces(bytes, 65_000))
    expect(await hashOf(await storage.get("files/streamed"))).toBe(hash(bytes))
  })

  test("a large file in one piece of memory comes back as it went in", async () => {
    const bytes = randomBytes(9_000_000)
    await storage.put("files/large", bytes)
    expect(await hashOf(await storage.get("files/large"))).toBe(hash(bytes))
  })

  test.each([
    [0, 10], [5, 1], [999_990, 20], [1_500_000, 1_200_000], [2_999_999, 1], [2_999_999, 70_000], [3_000_000, 10], [9_000_000, 10],
  ])("from byte %i on, %i bytes are given, or as many as there are", async (from, length) => {
    const bytes = randomBytes(3_000_000)
    await storage.put("files/parts", bytes)
    expect(await hashOf(await storage.get("files/parts", { from, length }))).toBe(hash(bytes.subarray(from, from + length)))
  })

  test("a part of what is not there is missing, and one that is not read can be let go", async () => {
    await expect(storage.get("files/nothing", { from: 0, length: 10 })).rejects.toBeInstanceOf(StorageMissing)
    await storage.put("files/let-go", randomBytes(3_000_000))
    await (await storage.get("files/let-go", { from: 10, length: 2_900_000 })).cancel()
    await storage.remove("files/let-go")
  })

  test("storing a key again replaces what was there", async () => {
    await storage.put("files/twice", Buffer.from("first"))
    await storage.put("files/twice", Buffer.from("second"))
    expect(await textOf(await storage.get("files/twice"))).toBe("second")
  })

  test("a stream that breaks off leaves what was there before", async () => {
    await storage.put("files/broken", Buffer.from("whole"))
    await expect(storage.put("files/broken", breaksOff(9_000_000))).rejects.toThrow("cable pulled")
    expect(await textOf(await storage.get("files/broken"))).toBe("whole")
    await expect(storage.put("files/never", breaksOff(100))).rejects.toThrow("cable pulled")
    await expect(storage.get("files/never")).rejects.toBeInstanceOf(StorageMissing)
  })

  test("what is not there is missing, has no size, and can be removed", async () => {
    await expect(storage.get("files/nothing")).rejects.toBeInstanceOf(StorageMissing)
    expect(await storage.size("files/nothing")).toBeUndefined()
    await storage.remove("files/nothing")
  })

  test("what was removed is missing", async () => {
    await storage.put("files/gone", Buffer.from("x"))
    await storage.remove("files/gone")
    await expect(storage.get("files/gone")).rejects.toBeInstanceOf(StorageMissing)
  })

  test("a list names every key under a prefix, and when it was stored", async () => {
    const keys = Array.from({ length: 25 }, (_, number) => `sweep/part-${number}`)
    for (const key of [...keys, "sweeper/other", "sweep/deep/er"]) await storage.put(key, Buffer.from("x"))
    expect((await keysOf(storage.list("sweep/part-"))).sort()).toEqual(keys.toSorted())
    for await (const { changedAt } of storage.list("sweep/")) expect(Math.abs(Date.now() - changedAt.getTime())).toBeLessThan(60_000)
    expect((await keysOf(storage.list("sweep/"))).sort()).toEqual([...keys, "sweep/deep/er"].toSorted())
    expect((await keysOf(storage.list("")))).toContain("sweeper/other")
    expect(await keysOf(storage.list("nowhere/"))).toEqual([])
  })

  test.each(["", "/etc/passwd", "../x", "files/../../x", "files//x", "files/./x", ".half/x", "files/x/", "a\\b", "a\0b", "é", "C:x", "x".repeat(201)])(
    "%j is not a key",
    async (key) => {
      await expect(storage.put(key, Buffer.from("x"))).rejects.toThrow("not a storage key")
      await expect(storage.get(key)).rejects.toThrow("not a storage key")
      await expect(storage.remove(key)).rejects.toThrow("not a storage key")
    },
  )

  test("a stream that is not read to its end can be let go", async () => {
    await storage.put("files/let-go", randomBytes(3_000_000))
    const stream = await storage.get("files/let-go")
    await stream.cancel()
    const reader = (await storage.get("files/let-go")).getReader()
    const first = reader.read()
    await reader.cancel()
    expect((await first).value?.length ?? 0).toBeLessThan(3_000_000)
    expect((await reader.read()).done).toBe(true)
    await storage.remove("files/let-go")
  })
})

test("what is stored together stands in one folder, each under its own key, whether it comes at a time or one by one", async () => {
  const place = await mkdtemp(join(tmpdir(), "loondossier-storage-"))
  const storage = folderStorage(place)
  const keys = Array.from({ length: 40 }, (_, index) => `files/month.${index}`)
  await Promise.all(keys.slice(1).map((key) => storage.put(key, Buffer.from(key))))
  await storage.put("files/month.0", Buffer.from("files/month.0"))
  for (const key of keys) expect(await textOf(await storage.get(key))).toBe(key)
  const listed: string[] = []
  for await (const { key } of storage.list("files/month.")) listed.push(key)
  expect(listed.toSorted()).toEqual(keys.toSorted())
  const folders = (await readdir(join(place, "files"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ parentPath }) => parentPath)
  expect(new Set(folders).size).toBe(1)
  await rm(place, { recursive: true })
})

test("a folder keeps no half files, and clears those of a crash", async () => {
  const place = await mkdtemp(join(tmpdir(), "loondossier-storage-"))
  const storage = folderStorage(place)
  await storage.put("files/whole", Buffer.from("x"))
  await storage.put("files/half", breaksOff(10)).catch(() => undefined)
  expect(await readdir(join(place, ".half"))).toEqual([])
  await writeFile(join(place, ".half/left"), "x")
  expect((await keysOf(storage.list("")))).toEqual(["files/whole"])
  await rm(place, { recursive: true, force: true })
})

/** A server of its own that speaks the protocol over HTTP. */
async function openS3(place: string): Promise<{ storage: Storage; close: () => Promise<void> }> {
  const server = new S3rver({ directory: place, port: 0, address: "127.0.0.1", silent: true })
  const { port } = await server.run()
  const storage = s3Storage({ bucket: "portaal", endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" })
  return { storage, close: () => server.close() }
}

function inPieces(bytes: Buffer, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(new Uint8Array(bytes.subarray(at, (at += size))))
    },
  })
}

function breaksOff(after: number): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream({
    pull(controller) {
      if (sent >= after) return controller.error(new Error("cable pulled"))
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536))
    },
  })
}

async function hashOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const total = createHash("sha256")
  for await (const part of stream) total.update(part)
  return total.digest("hex")
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}

async function keysOf(list: ReturnType<Storage["list"]>): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of list) keys.push(key)
  return keys
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}
