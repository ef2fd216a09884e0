import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { migrate } from "../../src/platform/migrate.ts"
import { startPostgres } from "../portal/postgres.ts"
import type { ListTimes } from "./lists-round.ts"
import { printTable } from "./report.ts"

const root = join(import.meta.dirname, "../..")

/** Prints what the long lists and the search take in a world of a tenth of `files` and in one of `files`: against their SQL alone, and against each other. */
export async function measureLists(files: number): Promise<void> {
  const small = await timesIn(Math.round(files / 10))
  const large = await timesIn(files)
  console.log(`\nLong lists and search, ${(files / 10).toLocaleString("en")} and ${files.toLocaleString("en")} files in the database\n`)
  printTable(
    Object.entries(small).map(([list, few]) => {
      const many = large[list] ?? few
      return {
        list,
        rows: String(few.found),
        "ms (bare SQL)": `${few.useCase.toFixed(2)} (${few.bare.toFixed(2)})`,
        "ten times the files": `${many.useCase.toFixed(2)} (${many.bare.toFixed(2)})`,
        "to bare SQL": `${(few.useCase / few.bare).toFixed(2)} and ${(many.useCase / many.bare).toFixed(2)}`,
        "large to small": (many.useCase / few.useCase).toFixed(2),
      }
    }),
  )
  console.log("\nPromised: at most 3 times the bare SQL, and at most 1.2 times with ten times the files.")
}

/** A database of its own, and a process of its own that looks at it. */
async function timesIn(files: number): Promise<ListTimes> {
  const folder = await mkdtemp(join(tmpdir(), "loondossier-lists-"))
  await chmod(folder, 0o711)
  const flags = ["-c fsync=off", "-c synchronous_commit=off", "-c shared_buffers=512MB", "-c max_wal_size=8GB"]
  const postgres = await startPostgres(join(folder, "postgres"), randomBytes(18).toString("base64url"), 57_320, flags)
  try {
    const masterKey = randomBytes(32).toString("base64")
    await migrate(postgres.url, masterKey)
    const environment = { ...process.env, DATABASE_URL: postgres.url, MASTER_KEY: masterKey, SMTP_URL: "smtp://127.0.0.1:9", LOG_LEVEL: "silent", FILES: String(files) }
    const child = spawn(process.execPath, [join(root, "scripts/bench/lists-round.ts")], { cwd: root, env: environment, stdio: ["ignore", "pipe", "inherit"] })
    return JSON.parse(await text(child.stdout))
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
