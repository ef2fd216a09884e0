import { spawnSync } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isRunning, until } from "../../scripts/portal/processes.ts"
import { cleanEnvironment, startPortal } from "../support/portal.ts"
import type { TestPortal } from "../support/portal.ts"

let data = ""
let portal: TestPortal

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "loondossier-start-"))
  portal = await startPortal({ data })
})
afterAll(async () => {
  await portal.stop()
  await rm(data, { recursive: true, force: true })
})

const parts = () => (["web", "worker", "inbox"] as const).flatMap((name) => portal.pidOf(name) ?? [])
const isReady = () => fetch(`${portal.url}/api/health/ready`).then((answer) => answer.ok, () => false)

async function query(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: portal.databaseUrl })
  await client.connect()
  return client.query(statement).then(({ rows }) => rows).finally(() => client.end())
}

test("the last line says where the portal is, above it stands the inbox", async () => {
  expect(portal.printed().trimEnd().split("\n").at(-1)).toBe(`Klaar: ${portal.url}`)
  expect(portal.printed()).toContain(portal.inboxUrl)
  expect(await isReady()).toBe(true)
  expect((await fetch(`${portal.inboxUrl}/api/mails`)).status).toBe(200)
  expect(parts()).toHaveLength(3)
})

test("a second start on the same folder says that it already runs", async () => {
  await expect(startPortal({ data })).rejects.toThrow(`Het portaal draait al op deze map: ${portal.url}`)
  expect(await isReady()).toBe(true)
})

test("a start beside it, on another folder, takes other ports", async () => {
  const other = await startPortal()
  expect(new URL(other.url).port).not.toBe(new URL(portal.url).port)
  expect(other.inboxUrl).not.toBe(portal.inboxUrl)
  expect(new URL(other.databaseUrl).port).not.toBe(new URL(portal.databaseUrl).port)
  await other.stop()
  expect(await isReady()).toBe(true)
})

test("a part that is killed comes back, on the same address", async () => {
  for (const name of ["web", "worker", "inbox"] as const) {
    const before = portal.pidOf(name)
    portal.kill(name)
    expect(await until(() => portal.pidOf(name) !== undefined && portal.pidOf(name) !== before, 20_000), name).toBe(true)
  }
  expect(await until(isReady, 30_000)).toBe(true)
})

test("after kill -9 of the start its parts end by themselves, and the next start has the data", async () => {
  await query("create table kept (word text)")
  await query("insert into kept values ('bewaard')")
  const before = parts()
  await portal.killStart()
  expect(await until(() => !before.some(isRunning), 10_000)).toBe(true)
  portal = await startPortal({ data })
  expect(await query("select word from kept")).toEqual([{ word: "bewaard" }])
})

test("Postgres that is killed comes back under the running portal", async () => {
  const lock = join(data, "postgres/postmaster.pid")
  const before = Number.parseInt(await readFile(lock, "utf8"), 10)
  process.kill(before, "SIGKILL")
  // What it served may go on for a moment after it: only a new one takes new connections.
  const again = async () => Number.parseInt(await readFile(lock, "utf8").catch(() => ""), 10) !== before && (await isReady())
  expect(await until(async () => !isRunning(before) && (await again()), 40_000)).toBe(true)
  await expect.poll(() => query("select word from kept").catch(() => null)).toEqual([{ word: "bewaard" }])
})

test("stopping stops everything it started", async () => {
  const before = [...parts(), Number.parseInt(await readFile(join(data, "postgres/postmaster.pid"), "utf8"), 10)]
  expect(before).toHaveLength(4)
  await portal.stop()
  expect(before.filter(isRunning)).toEqual([])
  expect(await isReady()).toBe(false)
})

/** A command of the operator on this data folder, in a process of its own: what it said. */
function command(script: string, args: readonly string[]): string {
  const env = cleanEnvironment({ PORTAL_DATA: data, POSTGRES_PORT: "56320" })
  const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "../../scripts", script), ...args], { env, encoding: "utf8" })
  return stdout + stderr
}

test("backed up while it runs and while it lies still, thrown away, restored: it starts as it was", async () => {
  portal = await startPortal({ data })
  await query("drop table kept")
  expect(command("beheer/main.ts", ["kantoor", "300778", "Kantoor", "De", "Linde", "--email", "post@linde.test"])).toContain("is gemaakt")
  const [backups, keys] = [await mkdtemp(join(tmpdir(), "backups-")), await mkdtemp(join(tmpdir(), "keys-"))]
  expect(command("backup/make.ts", [backups])).toContain("--sleutels")
  expect(command("backup/make.ts", [backups, "--sleutels", join(backups, "sleutels")])).toContain("niet bij de back-ups")
  expect(command("backup/make.ts", [backups, "--sleutels", keys])).toContain("is heel")
  expect(command("backup/restore.ts", [backups, "--sleutels", keys, "--vervang"])).toContain("Het portaal draait op deze map")
  await portal.stop()
  expect(command("backup/make.ts", [backups, "--sleutels", keys])).toContain("is heel")
  expect(command("backup/restore.ts", [backups, "--sleutels", keys])).toContain("staat al een portaal")
  await rm(data, { recursive: true })
  expect(command("backup/restore.ts", [backups, "--sleutels", keys])).toContain("alle ketens van gebeurtenissen kloppen")
  portal = await startPortal({ data })
  expect(await query("select name from office")).toEqual([{ name: "Kantoor De Linde" }])
  expect(await until(isReady, 30_000)).toBe(true)
  for (const folder of [backups, keys]) await rm(folder, { recursive: true })
})
