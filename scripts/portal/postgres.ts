import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import pg from "pg"
import { accountFor, postgresPrograms, runAs } from "./postgres-programs.ts"
import type { Account } from "./postgres-programs.ts"
import { firstFreePort } from "./ports.ts"
import { commandOf, isRunning } from "./processes.ts"
import { Stopped } from "./steps.ts"

export type Postgres = {
  /** The owner's address of the database. */
  url: string
  port: number
  /** Whether the database was made just now. */
  isNew: boolean
  /** Throws the database away and makes an empty one. */
  empty: () => Promise<void>
  isAlive: () => boolean
  stop: () => Promise<void>
}

const databaseName = "loondossier"
/** What was typed or stored stays out of the server's log: no details of an error, no statements. */
const quietLog = ["-c log_error_verbosity=terse", "-c log_min_error_statement=panic"]

/**
 * A real Postgres server of our own on 127.0.0.1, its files in `folder`, its password `password`; made on first use.
 * Left over from an earlier run it is stopped first, or its stale lock removed. `flags` go to the server, such as -c fsync=off.
 * The server leads its own process group, so that Ctrl-C does not reach it.
 */
export async function startPostgres(folder: string, password: string, wantedPort: number, flags: string[] = []): Promise<Postgres> {
  const { initdb, pg_ctl, postgres } = await postgresPrograms()
  const account = accountFor(folder)
  if (!existsSync(join(folder, "PG_VERSION"))) await initialise(initdb, folder, password, account)
  await stopLeftOver(pg_ctl, folder, account)
  const port = await serve(pg_ctl, postgres, folder, wantedPort, flags, account)
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${databaseName}`
  const isNew = await createDatabase(url)
  const pid = serverPid(folder)
  return {
    url,
    port,
    isNew,
    empty: () => dropDatabase(url).then(() => createDatabase(url)).then(() => undefined),
    isAlive: () => pid !== undefined && isRunning(pid),
    stop: () => stopLeftOver(pg_ctl, folder, account),
  }
}

/** Made beside its place and moved there when it is whole, so that a first start that is cut off is simply done again. */
async function initialise(initdb: string, folder: string, password: string, account: Account): Promise<void> {
  const passwordFile = join(dirname(folder), "postgres-password")
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid)
  const half = `${folder}-half`
  rmSync(half, { recursive: true, force: true })
  accountFor(half)
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
  try {
    await runAs(account, initdb, [`--pgdata=${half}`, "--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, ...locale])
    rmSync(folder, { recursive: true, force: true })
    renameSync(half, folder)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** The pid in the lock file may meanwhile belong to another program: after a restart of the machine, or of a container. */
async function stopLeftOver(pg_ctl: string, folder: string, account: Account): Promise<void> {
  const pid = serverPid(folder)
  if (pid === undefined) return
  const command = commandOf(pid)
  if (command.includes("postgres") && command.includes(folder)) {
    await runAs(account, pg_ctl, ["stop", "-D", folder, "-m", "fast", "-w", "-t", "20"]).catch(() =>
      runAs(account, pg_ctl, ["stop", "-D", folder, "-m", "immediate", "-w", "-t", "20"]),
    )
  }
  rmSync(join(folder, "postmaster.pid"), { force: true })
}

function serverPid(folder: string): number | undefined {
  const lock = join(folder, "postmaster.pid")
  const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, "utf8"), 10) : Number.NaN
  return pid > 0 ? pid : undefined
}

/** Another program may take the port between looking and listening; then the next one is tried. */
async function serve(pg_ctl: string, postgres: string, folder: string, wanted: number, flags: string[], account: Account): Promise<number> {
  const log = join(folder, "server.log")
  const settings = ["-c listen_addresses=127.0.0.1", "-c unix_socket_directories=''", "-c max_connections=200", ...quietLog, ...flags]
  for (let port = await firstFreePort(wanted), tries = 1; ; port = await firstFreePort(port + 1), tries++) {
    try {
      await runAs(account, pg_ctl, ["start", "-D", folder, "-p", postgres, "-l", log, "-w", "-t", "60", "-o", ["-p", port, ...settings].join(" ")])
      return port
    } catch (error) {
      const lastLines = existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-8).join("\n") : ""
      if (tries < 5 && lastLines.includes("could not create any TCP/IP sockets")) continue
      throw new Stopped(`Postgres start niet.\n${lastLines || String(error)}`)
    }
  }
}

async function createDatabase(url: string): Promise<boolean> {
  return onServer(url, async (server) => {
    const found = await server.query("select 1 from pg_database where datname = $1", [databaseName])
    if (found.rowCount === 0) await server.query(`create database ${databaseName}`)
    return found.rowCount === 0
  })
}

async function dropDatabase(url: string): Promise<void> {
  await onServer(url, (server) => server.query(`drop database if exists ${databaseName} with (force)`))
}

async function onServer<T>(url: string, work: (server: pg.Client) => Promise<T>): Promise<T> {
  const address = new URL(url)
  address.pathname = "/postgres"
  const server = new pg.Client({ connectionString: address.href })
  await server.connect()
  return work(server).finally(() => server.end())
}
