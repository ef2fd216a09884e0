import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startChild } from "../../scripts/portal/child.ts"
import { hashOf, readJson, writeJson } from "../../scripts/portal/files.ts"
import { firstFreePort } from "../../scripts/portal/ports.ts"
import { startPostgres } from "../../scripts/portal/postgres.ts"
import { isRunning, until } from "../../scripts/portal/processes.ts"
import { secretsOf } from "../../scripts/portal/secrets.ts"
import { settingsFrom } from "../../scripts/portal/settings.ts"

const root = join(import.meta.dirname, "../..")
let folder = ""

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "loondossier-start-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test.each(["0.0.0.0", "127.0.0.1", "::1", "::"])("a port on which something listens on %s is stepped over", async (host) => {
  const wanted = await firstFreePort(41_000)
  const server = createServer()
  const isListening = await new Promise((resolve) => server.once("error", () => resolve(false)).listen({ port: wanted, host }, () => resolve(true)))
  if (!isListening && host.includes(":")) return
  expect(isListening).toBe(true)
  expect(await firstFreePort(wanted)).toBeGreaterThan(wanted)
  await new Promise((done) => server.close(done))
  expect(await firstFreePort(wanted, [wanted])).toBeGreaterThan(wanted)
})

test("the secrets of a data folder are made once, for this user's eyes", async () => {
  const made = secretsOf(folder)
  expect(Buffer.from(made.MASTER_KEY, "base64")).toHaveLength(32)
  expect(secretsOf(folder)).toEqual(made)
  expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600)
})

test("a state file that was cut off counts as none", async () => {
  writeJson(join(folder, "state.json"), { a: 1 })
  const whole = await readFile(join(folder, "state.json"), "utf8")
  expect(readJson(join(folder, "state.json"), (value) => value)).toEqual({ a: 1 })
  await writeFile(join(folder, "state.json"), whole.slice(0, 5))
  expect(readJson(join(folder, "state.json"), (value) => value)).toBeUndefined()
})

test("sources are known by name and content, apart from what is left out", async () => {
  await mkdir(join(folder, "src/made"), { recursive: true })
  await writeFile(join(folder, "src/a.ts"), "1")
  const before = hashOf(folder, ["src", "missing"], ["src/made"])
  await writeFile(join(folder, "src/made/b.ts"), "2")
  expect(hashOf(folder, ["src", "missing"], ["src/made"])).toBe(before)
  await writeFile(join(folder, "src/a.ts"), "2")
  expect(hashOf(folder, ["src", "missing"], ["src/made"])).not.toBe(before)
})

test("a database of your own asks for a key of your own, and gets no demo data", () => {
  expect(() => settingsFrom({ NODE_ENV: "test", DATABASE_URL: "postgres://x" }, [])).toThrow("MASTER_KEY")
  expect(settingsFrom({ NODE_ENV: "test", DATABASE_URL: "postgres://x", MASTER_KEY: "k" }, [])).toMatchObject({ withDemo: false, databaseUrl: "postgres://x" })
  expect(settingsFrom({ NODE_ENV: "test", PORT: "4000" }, [])).toMatchObject({ withDemo: true, ports: { web: 4000, inbox: 8025 } })
  expect(() => settingsFrom({ NODE_ENV: "test", PORT: "nul" }, [])).toThrow("PORT")
})

test("Postgres keeps its data, its port when it can, and starts after kill -9 and beside its own orphan", async () => {
  const place = join(folder, "postgres")
  const first = await startPostgres(place, "invented", 42_000)
  expect(first.isNew).toBe(true)
  const pid = Number.parseInt(await readFile(join(place, "postmaster.pid"), "utf8"), 10)
  process.kill(pid, "SIGKILL")
  expect(await until(() => !first.isAlive(), 60_000)).toBe(true)

  const second = await startPostgres(place, "invented", 42_000)
  expect(second.isNew).toBe(false)
  const third = await startPostgres(place, "invented", 42_000)
  expect(third.port).toBe(second.port)
  expect(second.isAlive()).toBe(false)

  await third.stop()
  await writeFile(join(place, "postmaster.pid"), `${process.pid}\n${place}\n`)
  const fourth = await startPostgres(place, "invented", 42_000)
  expect(fourth.isAlive()).toBe(true)
  await fourth.stop()
  expect(fourth.isAlive()).toBe(false)
})

test("a part that dies is started again, and given up when it keeps dying", async () => {
  const script = join(folder, "dies.mjs")
  await writeFile(script, "console.log('here'); if (process.argv[2] === 'stay') setInterval(() => {}, 1000)")
  const givenUp: string[] = []
  const around = { root, logs: folder, onChange: () => undefined, onGivenUp: (name: string) => void givenUp.push(name) }
  const stays = startChild({ name: "stays", args: [script, "stay"], env: {} }, around)
  expect(await until(() => stays.said().includes("here"), 60_000)).toBe(true)
  const before = stays.pid() ?? 0
  process.kill(before, "SIGKILL")
  expect(await until(() => stays.pid() !== undefined && stays.pid() !== before, 60_000)).toBe(true)
  const after = stays.pid() ?? 0
  await stays.stop()
  expect(isRunning(after)).toBe(false)
  expect(givenUp).toEqual([])

  const patience = { firstWait: 10, longestWait: 20, calmAfter: 60_000, deaths: 3, stop: 1000 }
  const dies = startChild({ name: "dies", args: [script], env: {} }, around, patience)
  expect(await until(() => dies.hasGivenUp(), 60_000)).toBe(true)
  expect(givenUp).toEqual(["dies"])
  expect(dies.pid()).toBeUndefined()
  expect((await readFile(join(folder, "dies.log"), "utf8")).match(/here/g)).toHaveLength(3)
})
