import { chmod, mkdir, readFile, stat, symlink, truncate, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { answerJson, deliveryRow, employerRow, loon, newHome, problem, serve, startLoon, strangeKey as key } from "./sink.ts"

const page = { rows: [employerRow], next: null }
const werkgevers = ["werkgevers", "--json"]

describe("what goes wrong on the way", () => {
  test("a proxy that says 502 for a while is waited for; one that goes on saying it is exit 4", async () => {
    let times = 0
    const server = await serve((_request, response) => (++times < 3 ? response.writeHead(502).end("<html>bad gateway") : answerJson(response, 200, page)))
    expect(await loon(werkgevers, { url: server.url, key })).toEqual({ code: 0, out: `${JSON.stringify(page.rows)}\n`, err: "" })
    await server.stop()
    const dead = await serve((_request, response) => response.writeHead(502).end())
    const ended = await loon(["werkgevers"], { url: dead.url, key })
    expect([ended.code, ended.out, dead.asked.length]).toEqual([4, "", 6])
    await dead.stop()
  })

  test("429 is waited for as long as it says", async () => {
    let first = 0
    let waited = 0
    const server = await serve((_request, response) => {
      if (first === 0) {
        first = performance.now()
        return answerJson(response, 429, problem("rate-limited", "Te veel."), { "retry-after": "2" })
      }
      waited = performance.now() - first
      return answerJson(response, 200, page)
    })
    expect((await loon(werkgevers, { url: server.url, key })).code).toBe(0)
    expect(waited).toBeGreaterThan(1900)
    await server.stop()
  })

  test("nobody at the address is exit 4, after some tries", async () => {
    const server = await serve(() => undefined)
    await server.stop()
    const { code, out } = await loon(werkgevers, { url: server.url, key })
    expect([code, JSON.parse(out)]).toMatchObject([4, { error: { code: "unreachable", exit: 4 } }])
  })

  test.each<[string, number, string]>([
    ["a page instead of JSON", 200, "<html>welkom"],
    ["JSON of another shape", 200, JSON.stringify({ rows: [{ id: 1 }], next: null })],
    ["a refusal that is none", 400, JSON.stringify({ error: "no" })],
    ["a redirect, which is not followed", 302, ""],
  ])("a server that is no portal is exit 4: %s", async (_title, status, body) => {
    const other = await serve((_request, response) => answerJson(response, 200, page))
    const server = await serve((_request, response) => response.writeHead(status, { location: `${other.url}/api/v1/employers` }).end(body))
    const ended = await loon(werkgevers, { url: server.url, key })
    expect([ended.code, JSON.parse(ended.out)]).toMatchObject([4, { error: { code: "no-portal" } }])
    expect(other.asked).toEqual([])
    await Promise.all([server.stop(), other.stop()])
  })

  test("what does not speak HTTP is no portal either", async () => {
    const server = createServer((socket) => socket.on("error", () => undefined).end("SSH-2.0-x\r\n"))
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
    const address = server.address()
    const ended = await loon(["werkgevers"], { url: `http://localhost:${typeof address === "object" ? address?.port : 0}`, key })
    expect([ended.code, ended.out]).toEqual([4, ""])
    server.close()
  })
})

describe("the key", () => {
  test("goes over https, or stays on this machine", async () => {
    for (const url of ["http://portaal.test", "http://localhost.portaal.test", "ftp://localhost", "https://u:p@portaal.test", "x"]) expect((await loon(["werkgevers"], { url, key })).code).toBe(2)
  })

  test("stands in nothing that it says, whatever goes wrong", async () => {
    const server = await serve((request, response) => {
      expect(request.headers.authorization).toBe(`Bearer ${key}`)
      answerJson(response, 401, problem("key-refused", "Deze sleutel werkt niet."))
    })
    for (const args of [["werkgevers"], werkgevers, ["maand", "x", "."]]) {
      const { code, out, err } = await loon(args, { url: server.url, key })
      expect(code).toBe(3)
      expect(out + err).not.toContain("ld_live_")
    }
    await server.stop()
    const wrong = await loon(["werkgevers", "--json", key], { url: server.url, key })
    expect([wrong.code, wrong.out.includes("ld_live_")]).toEqual([2, false])
    expect((await loon(["werkgevers"], { url: server.url, key: "geheim-woord" })).err).not.toContain("geheim-woord")
  })

  test("is kept for its user alone, and not used when others can read it", async () => {
    const home = newHome()
    const server = await serve((_request, response) => answerJson(response, 200, page))
    expect(await loon(["aanmelden", "--adres", server.url], { home, input: `${key}\nmeer\n` })).toMatchObject({ code: 0, err: "" })
    const path = join(home, ".config/loon/standaard.json")
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await loon(werkgevers, { home })).code).toBe(0)
    await chmod(path, 0o644)
    expect(await loon(["werkgevers"], { home })).toMatchObject({ code: 3, err: expect.stringContaining("chmod 600") })
    await chmod(path, 0o600)
    expect((await loon(["werkgevers"], { home, url: "https://ander.test" })).code).toBe(3)
    await server.stop()
  })

  test("that the portal refuses is not kept", async () => {
    const home = newHome()
    const server = await serve((_request, response) => answerJson(response, 401, problem("key-refused", "Deze sleutel werkt niet.")))
    expect((await loon(["aanmelden", "--adres", server.url], { home, input: key })).code).toBe(3)
    expect(await readFile(join(home, ".config/loon/standaard.json"), "utf8").catch(() => null)).toBeNull()
    expect((await loon(["werkgevers"], { home })).code).toBe(3)
    await server.stop()
  })
})

async function folderWith(names: readonly string[]): Promise<string> {
  const folder = join(newHome(), "maart 2026 één")
  await mkdir(folder)
  for (const name of names) await writeFile(join(folder, name), `%PDF-1.7 ${name}`)
  return folder
}

/** A portal that knows one employer and places whatever comes. */
const placing = () =>
  serve((request, response) => {
    if (request.method === "GET") return answerJson(response, 200, request.url?.includes("deliveries/") ? deliveryRow : page)
    request.resume().on("end", () => answerJson(response, 201, deliveryRow))
  })

describe("a folder", () => {
  const refused = async (folder: string, ...more: string[]) => {
    const server = await placing()
    const { code, out } = await loon(["maand", "korenmaat", folder, "--json", ...more], { url: server.url, key })
    expect(server.asked.filter((one) => one.startsWith("POST"))).toEqual([])
    await server.stop()
    return [code, JSON.parse(out).error.code]
  }

  test("with what is not known, two months, nothing, too much or what cannot be read sends nothing", async () => {
    expect(await refused(await folderWith(["journaalpost-2026-03.pdf", "factuur.pdf.exe"]))).toEqual([2, "files-unknown"])
    expect(await refused(await folderWith(["journaalpost-2026-03.pdf", "betaallijst-2026-02.pdf"]))).toEqual([2, "more-periods"])
    expect(await refused(await folderWith([]))).toEqual([2, "nothing-to-send"])
    expect(await refused(await folderWith(["factuur.pdf.exe"]), "--sla-over")).toEqual([2, "nothing-to-send"])
    expect(await refused(await folderWith(Array.from({ length: 201 }, (_one, at) => `loonstrook-${at}-2026-03.pdf`)))).toEqual([2, "too-many-files"])
    const folder = await folderWith(["journaalpost-2026-03.pdf"])
    await symlink("/nergens", join(folder, "betaallijst-2026-03.pdf"))
    expect(await refused(folder)).toEqual([2, "file-unreadable"])
    const empty = await folderWith(["journaalpost-2026-03.pdf"])
    await truncate(join(empty, "journaalpost-2026-03.pdf"), 0)
    expect(await refused(empty)).toEqual([2, "file-empty"])
    expect(await refused(join(empty, "nergens"))).toEqual([2, "file-unreadable"])
  })

  test("with a table goes by it, and a table with a fault stops it", async () => {
    const folder = await folderWith(["a b.pdf", "ö.pdf"])
    await writeFile(join(folder, "loon.csv"), "\ufeffbestand;soort;jaar;periode;personeelsnummer\r\na b.pdf;loonstrook;2026;3;17\r\n\"ö.pdf\";jaaropgave;2025;;017\r\n")
    const server = await placing()
    expect(await loon(["maand", "7", folder], { url: server.url, key })).toMatchObject({ code: 0, out: expect.stringContaining("klaargezet") })
    await server.stop()
    for (const line of ["weg.pdf;loonstrook;2026;3;17", "ö.pdf;roman;2026;3;17", "ö.pdf;loonstrook;2026;14;17", "ö.pdf;loonstrook;2026;3;", "ö.pdf;journaalpost;2026;3;17"]) {
      await writeFile(join(folder, "loon.csv"), `bestand;soort;jaar;periode;personeelsnummer\n${line}\n`)
      expect((await refused(folder))[1]).toMatch(/^table-/)
    }
  })
})

test("a file of 100 MB goes out of less than 80 MB of memory", async () => {
  const folder = await folderWith(["loonstroken-maart-2026.pdf"])
  await truncate(join(folder, "loonstroken-maart-2026.pdf"), 100_000_000)
  let got = 0
  let most = 0
  let pid = 0
  const server = await serve((request, response) => {
    if (request.method === "GET") return answerJson(response, 200, page)
    if (request.method === "HEAD") return response.writeHead(200, { "upload-offset": String(got) }).end()
    request.on("data", (piece: Buffer) => (got += piece.length))
    request.on("end", () => {
      if (request.url === "/api/v1/uploads") return response.writeHead(201, { location: "/api/v1/uploads/1" }).end()
      if (request.method === "PATCH") return response.writeHead(204).end()
      most = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024
      answerJson(response, 201, deliveryRow)
    })
  })
  const home = newHome()
  await loon(["--help"], { home })
  const { child, ended } = startLoon(["maand", "korenmaat", folder], { url: server.url, key, home })
  pid = child.pid ?? 0
  expect((await ended).code).toBe(0)
  expect(got).toBeGreaterThan(100_000_000)
  expect(most / 1e6).toBeLessThan(80)
  await server.stop()
})
