import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

// Started beside the tests' own Postgres. When the tests end without clearing up (Ctrl-C, kill -9), this channel closes and it does so instead.
const [folder = ""] = process.argv.slice(2)
process.once("disconnect", () => {
  try {
    process.kill(Number.parseInt(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8"), 10), "SIGQUIT")
  } catch {
    // It was stopped in the usual way.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})
