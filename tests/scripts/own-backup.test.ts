import { spawn, spawnSync } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { once } from "node:events"
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sweepStorage } from "#domain/sweep/sweep-storage.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { storage } from "#platform/storage.ts"
import { findTables, rowsOf } from "../../scripts/backup/tables.ts"
import { payslipsOf, read, sendPayslips } from "../domain/recall/people.ts"
import { makeHouse, type House } from "../domain/sharing/people.ts"
import { useDatabase } from "../support/database.ts"

const database = useDatabase()
const script = (name: "make" | "restore") => join(import.meta.dirname, "../../scripts/backup", `${name}.ts`)
let folder: string
let place: string
let house: House

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "own-backup-"))
  place = join(folder, "place")
  house = await makeHouse()
  await sendPayslips(house, new Date())
}, 60_000)
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await rm(folder, { recursive: true, force: true })
})

/** One of the two commands as an operator gives it, in a process of its own. */
function run(name: "make" | "restore", args: readonly string[], environment: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script(name), ...args], { env: { ...process.env, ...environment }, encoding: "utf8" })
  return { code: status, said: stdout + stderr.replaceAll(/.*Warning.*\n/g, "") }
}

/** Does something as the owner of a database. */
async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** Every row of every table, in one order, but for when a queue was last set up: that is done again after restoring. */
async function rowsIn(url: string): Promise<Map<string, string[]>> {
  return on(url, async (client) => {
    const found = new Map<string, string[]>()
    await client.query("set timezone to 'UTC'; begin")
    for (const table of await findTables(client)) {
      const rows: string[] = []
      for await (const row of rowsOf(client, table)) rows.push(table.name === "pgboss.queue" ? row.replace(/"updated_on":"[^"]+"/, "") : row)
      found.set(table.name, rows.toSorted())
    }
    return found
  })
}

async function filesOf(root: string): Promise<Map<string, string>> {
  const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const hashes = await Promise.all(names.map(async (entry) => [join(entry.parentPath, entry.name).slice(root.length), createHash("sha256").update(await readFile(join(entry.parentPath, entry.name))).digest("hex")] as const))
  return new Map(hashes.toSorted())
}

/** An empty database beside that of this file, and a folder for its files, until the work is done. */
async function beside(work: (there: { DATABASE_URL: string; STORAGE: string; files: string }) => Promise<void>): Promise<void> {
  const [name, files] = [`test_${randomBytes(8).toString("hex")}`, join(folder, randomBytes(4).toString("hex"))]
  const url = new URL(database.ownerUrl)
  url.pathname = name
  await on(database.ownerUrl, (client) => client.query(`create database ${name}`))
  await work({ DATABASE_URL: url.href, STORAGE: `folder:${files}`, files }).finally(() => on(database.ownerUrl, (client) => client.query(`drop database ${name} with (force)`)))
}

const momentsAt = async (at: string) => (await readdir(join(at, "database"))).toSorted()

test("made, destroyed, restored: every row, every byte, every chain of events, and a payslip opens as before", async () => {
  const [file] = await payslipsOf(house.employee)
  const before = await read(house.employee, file?.id ?? "")
  const [rows, files] = [await rowsIn(database.ownerUrl), await filesOf(database.filesFolder)]
  expect(run("make", [place])).toMatchObject({ code: 0, said: expect.stringContaining("is heel") })
  await closeQueue()
  await closeDatabase()
  const name = new URL(database.ownerUrl).pathname.slice(1)
  const server = database.ownerUrl.replace(name, "postgres")
  await on(server, (client) => client.query(`drop database ${name} with (force)`))
  await on(server, (client) => client.query(`create database ${name}`))
  await rm(database.filesFolder, { recursive: true })
  expect(run("restore", [place])).toMatchObject({ code: 0, said: expect.stringContaining("alle ketens van gebeurtenissen kloppen") })
  expect(await rowsIn(database.ownerUrl)).toEqual(rows)
  expect(await filesOf(database.filesFolder)).toEqual(files)
  expect(rows.get("public.dossier_file")?.length).toBeGreaterThan(3)
  expect(rows.get("pgboss.job")?.length).toBeGreaterThan(3)
  expect(files.size).toBeGreaterThan(3)
  expect(await read(house.employee, file?.id ?? "")).toEqual(before)
})

test("nothing of anybody can be read in what is kept, and with another key nothing opens and nothing is touched", async () => {
  const kept = Buffer.concat(await Promise.all((await readdir(place, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name)))))
  for (const text of ["%PDF", "@", house.employee.username]) expect(kept.includes(`${text}korenmaat`)).toBe(false)
  expect(kept.includes(house.employee.username)).toBe(false)
  expect(kept.includes("korenmaat")).toBe(false)
  await beside(async (there) => {
    expect(run("restore", [place], { ...there, MASTER_KEY: randomBytes(32).toString("base64") })).toMatchObject({ code: 1, said: expect.stringContaining("gaat niet open met deze sleutels") })
    expect(await on(there.DATABASE_URL, (client) => client.query("select to_regclass('public.audience') as there"))).toMatchObject({ rows: [{ there: null }] })
  })
})

test("a second one copies only what is new; more than are kept go away, with the files that the portal no longer has", async () => {
  const store = await storage()
  await store.put("files/soon-gone", randomBytes(100))
  expect(run("make", [place]).said).toContain("1 nieuwe bestanden")
  await store.remove("files/soon-gone")
  expect(run("make", [place, "--bewaar", "2"]).said).toContain("0 nieuwe bestanden (0 MB). 1 oude weggehaald")
  expect([...(await filesOf(join(place, "files"))).keys()].filter((key) => key.endsWith("/soon-gone"))).toHaveLength(1)
  expect(run("make", [place, "--bewaar", "1"]).said).toContain("2 oude weggehaald")
  expect([...(await filesOf(join(place, "files"))).keys()].filter((key) => key.endsWith("/soon-gone"))).toHaveLength(0)
  expect(await momentsAt(place)).toHaveLength(1)
})

test("killed while it is made, it does not count, and the next one is whole; two at once are one", async () => {
  const [whole] = await momentsAt(place)
  const halted = await on(database.ownerUrl, async (client) => {
    await client.query("begin; lock table webhook in access exclusive mode")
    const child = spawn(process.execPath, [script("make"), place], { env: process.env, stdio: "ignore" })
    await expect.poll(() => momentsAt(place)).toHaveLength(2)
    await expect.poll(async () => (await on(database.ownerUrl, (other) => other.query("select from pg_locks where relation = 'webhook'::regclass and not granted"))).rowCount).toBe(1)
    expect(run("make", [place])).toMatchObject({ code: 1, said: expect.stringContaining("al een back-up") })
    child.kill("SIGKILL")
    await once(child, "exit")
    return momentsAt(place)
  })
  expect(halted).toHaveLength(2)
  await beside(async (there) => expect(run("restore", [place, "--van", halted[1] ?? ""], there).said).toContain(`Deze back-ups zijn heel: ${whole}`))
  await expect.poll(() => run("make", [place]).said).toContain("is heel")
  expect(await momentsAt(place)).not.toContain(halted[1])
})

/** What came of making a back-up after a shell has made the room for it small. */
function runAfter(shell: readonly [string, ...string[]], text: string, place: string): string {
  const [command, ...args] = shell
  return spawnSync(command, [...args, text, process.execPath, script("make"), place], { env: process.env, encoding: "utf8" }).stdout
}

const tell = '"$0" "$@" 2>&1; echo "(code $?)"; find "$2/database" "$2/files/.half" -type f | wc -l'

test.each([
  ["its tables do not fit", "ulimit -f 1"],
  ["a file does not fit", "ulimit -f 2000"],
])("where %s it says so, leaves nothing half, and is whole when there is room", async (_what, smaller) => {
  const full = join(folder, smaller.replaceAll(" ", ""))
  await (await storage()).put("files/large", randomBytes(2_000_000))
  expect(runAfter(["sh", "-c"], `${smaller}; ${tell}`, full)).toMatch(/Er is geen ruimte meer in .*\(code 1\)\n0\n$/s)
  expect(run("make", [full])).toMatchObject({ code: 0, said: expect.stringContaining("is heel") })
})

/** A disk of its own without being root: Linux allows it inside a user namespace, where that was not switched off. */
const mayMount = spawnSync("unshare", ["-Urm", "true"]).status === 0

test.skipIf(!mayMount)("on a disk that fills up it says so, leaves nothing half, and is whole on a larger one", async () => {
  const full = join(folder, "disk")
  await mkdir(full)
  await (await storage()).put("files/large", randomBytes(2_000_000))
  const said = runAfter(["unshare", "-Urm", "sh", "-c"], `mount -t tmpfs -o size=1m none "$2"; ${tell}; mount -o remount,size=64m "$2"; ${tell}`, full)
  expect(said).toMatch(/Er is geen ruimte meer in .*\(code 1\)\n0\n.*is heel.*\(code 0\)\n[1-9]\d*\n$/s)
})

test("a changed, cut off or missing part is seen before anything is put back; so is another one under its name, and a file that was lost", async () => {
  const broken = join(folder, "broken")
  const [moment = ""] = (await momentsAt(place)).slice(-1)
  const part = join(broken, "database", moment, "public.audit_event.jsonl.gz.age")
  for (const harm of [() => appendFile(part, "x"), async () => writeFile(part, (await readFile(part)).subarray(0, -40)), () => rm(part)]) {
    await rm(broken, { recursive: true, force: true })
    await cp(place, broken, { recursive: true })
    await harm()
    await beside(async (there) => expect(run("restore", [broken], there)).toMatchObject({ code: 1, said: expect.stringContaining("beschadigd of weg") }))
  }
  await rm(broken, { recursive: true })
  await cp(place, broken, { recursive: true })
  const [lost = ""] = [...(await filesOf(join(broken, "files"))).keys()].filter((key) => key.startsWith("/files/"))
  await rename(join(broken, "database", moment), join(broken, "database", "29990101T000000Z"))
  await beside(async (there) => expect(run("restore", [broken], there)).toMatchObject({ code: 1, said: expect.stringContaining("is beschadigd") }))
  await rename(join(broken, "database", "29990101T000000Z"), join(broken, "database", moment))
  await rm(join(broken, "files", lost))
  await beside(async (there) => expect(run("restore", [broken], there)).toMatchObject({ code: 1, said: expect.stringContaining("staan niet in de back-up") }))
})

test("a database in which somebody is, is left alone, and so is a newer back-up than this version knows", async () => {
  const rows = await rowsIn(database.ownerUrl)
  expect(run("restore", [place])).toMatchObject({ code: 1, said: expect.stringContaining("niet leeg") })
  expect(await rowsIn(database.ownerUrl)).toEqual(rows)
  const newer = join(folder, "newer")
  await on(database.ownerUrl, (client) => client.query("update _prisma_migrations set migration_name = '99991231000000_later' where migration_name = (select max(migration_name) from _prisma_migrations)"))
  expect(run("make", [newer]).code).toBe(0)
  await beside(async (there) => expect(run("restore", [newer], there)).toMatchObject({ code: 1, said: expect.stringContaining("nieuwere versie") }))
})

test("while a back-up is made nothing is swept away; afterwards it is", async () => {
  const store = await storage()
  await store.put("files/orphan", randomBytes(10))
  const path = [...(await filesOf(database.filesFolder)).keys()].find((key) => key.endsWith("/orphan")) ?? ""
  await utimes(join(database.filesFolder, path), new Date(0), new Date(0))
  await on(database.ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('loondossier.sweep'))")
    expect(await sweepStorage(new Date())).toBe(0)
  })
  await expect.poll(() => sweepStorage(new Date())).toBe(1)
  expect(await store.size("files/orphan")).toBeUndefined()
})

test.each([
  ["no folder", [], 2, "npm run backup"],
  ["a number of back-ups that is none", ["ergens", "--bewaar", "0"], 2, "npm run backup"],
  ["a flag that is none", ["ergens", "--alles"], 2, "npm run backup"],
])("is told how with %s", (_what, args, code, said) => {
  expect(run("make", args)).toMatchObject({ code, said: expect.stringContaining(said) })
})

test("an empty folder holds no back-up", async () => {
  await mkdir(join(folder, "leeg"))
  expect(run("restore", [join(folder, "leeg")])).toMatchObject({ code: 1, said: expect.stringContaining("geen hele back-up") })
})
