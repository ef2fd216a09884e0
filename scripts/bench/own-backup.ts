import { execFileSync, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { migrate } from "#platform/migrate.ts"
import { findTables } from "../backup/tables.ts"
import { startPostgres } from "../portal/postgres.ts"
import { printTable } from "./report.ts"
import { fillWorld } from "./world.ts"

/** A file has three grants. */
const rowsOfFile = 4

/**
 * The database's part of `npm run backup` and `npm run restore` with about so many rows, against reading the same rows by COPY as `pg_dump` does (psql has to be on
 * the path; the embedded Postgres brings neither). Afterwards restoring ends with what is missing: the files of this world have no bytes.
 */
export async function measureOwnBackup(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "eigen-back-up-"))
  const password = randomBytes(12).toString("hex")
  const postgres = await startPostgres(join(folder, "postgres"), password, 57_320)
  const environment = { ...process.env, NODE_ENV: "production" as const, SMTP_URL: "smtp://localhost", DATABASE_URL: postgres.url, MASTER_KEY: randomBytes(32).toString("base64"), STORAGE: `folder:${join(folder, "files")}` }
  const run = (name: "make" | "restore", url = postgres.url) => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, `../backup/${name}.ts`), join(folder, "back-ups")], { env: { ...environment, DATABASE_URL: url }, encoding: "utf8" })
    const took = /^ *Database(?: terugzetten)? +([\d.]*\d+,\d) s/m.exec(stdout)?.[1]
    if (!took) throw new Error(`${name} did not come to the database:\n${stdout}${stderr}`)
    return Number(took.replace(".", "").replace(",", "."))
  }
  try {
    await migrate(postgres.url, environment.MASTER_KEY)
    await fillWorld(postgres.url, Math.round(rows / rowsOfFile))
    const { tables, count } = await countRows(postgres.url)
    const started = performance.now()
    execFileSync("psql", [postgres.url, "-q", ...tables.flatMap((table) => ["-c", `copy (select * from ${table}) to stdout`])], { stdio: ["ignore", "ignore", "inherit"] })
    const copying = (performance.now() - started) / 1000
    const making = run("make")
    await onServer(postgres.url, "create database restored")
    const restoring = run("restore", postgres.url.replace(/[^/]+$/, "restored"))
    const row = (what: string, seconds: number) => ({ what, seconds: seconds.toFixed(1), "rows/s": (count / seconds).toFixed(0), ratio: (seconds / copying).toFixed(1) })
    console.log(`\nThe portal's own back-up of ${count.toLocaleString("en")} rows: the database's part\n`)
    printTable([row("COPY of every table to nowhere", copying), row("npm run backup", making), row("npm run restore", restoring)])
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function countRows(url: string): Promise<{ tables: string[]; count: number }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = (await findTables(client)).map(({ name }) => name)
    let count = 0
    for (const table of tables) count += Number((await client.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count)
    return { tables, count }
  } finally {
    await client.end()
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
