import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { StorageFull } from "#platform/storage.ts"
import { s3Storage } from "#platform/storage-s3.ts"

const place = mkdtempSync(join(tmpdir(), "loondossier-full-"))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const script = join(import.meta.dirname, "fill-storage.ts")
/** A disk of its own without being root: Linux allows it inside a user namespace, where that was not switched off. */
const mount = `mount -t tmpfs -o size=256k none "$0"`
const mayMount = spawnSync("unshare", ["-Urm", "sh", "-c", mount, place]).status === 0

/** What came of filling a folder, after a shell has made the room for it small. */
function fillAfter(shell: readonly [string, ...string[]], smaller: string): unknown {
  const [command, ...args] = shell
  const text = `${smaller} && exec "${process.execPath}" "${script}" "$0"`
  return JSON.parse(execFileSync(command, [...args, text, place], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))
}

const refusedFor = (error: string) => ({ outcomes: ["kept", `StorageFull ${error}`, `StorageFull ${error}`, "kept"], keys: ["files/again", "files/small"], half: [] })

describe("a folder", () => {
  test.skipIf(!mayMount)("on a disk that is full keeps nothing by half, says so, and goes on with what still fits", () => {
    expect(fillAfter(["unshare", "-Urm", "sh", "-c"], mount)).toEqual(refusedFor("ENOSPC"))
  })

  test("where no file may grow that large keeps nothing by half, says so, and goes on with what still fits", () => {
    expect(fillAfter(["sh", "-c"], "ulimit -f 500")).toEqual(refusedFor("EFBIG"))
  })
})

describe("a store that speaks S3", () => {
  const answers = [
    { status: 507, code: "XMinioStorageFull" },
    { status: 507, code: "SomethingElse" },
    { status: 403, code: "QuotaExceeded" },
  ]

  test.each(answers)("which answers $status $code is full", async ({ status, code }) => {
    const server = createServer((request, answer) => {
      request.resume()
      answer.writeHead(status, { "Content-Type": "application/xml" }).end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>full</Message></Error>`)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    const port = typeof address === "object" && address ? address.port : 0
    const storage = s3Storage({ bucket: "portaal", endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", accessKeyId: "S3", secretAccessKey: "S3" })
    await expect(storage.put("files/small", new Uint8Array(10))).rejects.toThrow(StorageFull)
    await expect(storage.put("files/large", new Blob([new Uint8Array(9_000_000)]).stream())).rejects.toThrow(StorageFull)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
