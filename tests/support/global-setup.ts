import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { TestProject } from "vitest/node"
import { startPostgres } from "../../scripts/portal/postgres.ts"
import { migrate } from "../../src/platform/migrate.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's address of the migrated database that each test file gets a copy of, and the key its roles were made with. */
    template: { url: string; masterKey: string }
  }
}

/** Nothing has to survive a power cut here; that makes a copy of the template several times as fast. */
const flags = ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off", "-c wal_level=minimal", "-c max_wal_senders=0"]

/** One real Postgres for all tests, in a folder of its own, with one migrated database to copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "loondossier-test-"))
  await chmod(folder, 0o711)
  const postgres = await startPostgres(join(folder, "postgres"), randomBytes(18).toString("base64url"), 55_320, flags)
  const watcher = spawn(process.execPath, [join(import.meta.dirname, "clear-when-gone.mjs"), folder], { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] })
  watcher.unref()
  watcher.channel?.unref()
  const masterKey = randomBytes(32).toString("base64")
  await migrate(postgres.url, masterKey)
  await closeToVisitors(postgres.url)
  project.provide("template", { url: postgres.url, masterKey })
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
    watcher.disconnect()
  }
}

/** A database can only be copied while nobody is in it. */
async function closeToVisitors(url: string): Promise<void> {
  const address = new URL(url)
  const name = address.pathname.slice(1)
  address.pathname = "/postgres"
  const server = new pg.Client({ connectionString: address.href })
  await server.connect()
  await server.query(`alter database ${server.escapeIdentifier(name)} with allow_connections false`)
  await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name])
  await server.end()
}
