#!/usr/bin/env node
// Runs on Node 20 and newer with nothing installed: only what comes with Node.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import * as modules from "node:module"
import { homedir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const here = fileURLToPath(new URL(".", import.meta.url))
const main = join(here, "main.ts")
const node24 = join(here, "../../node_modules/.bin/node")

/** What was made of its own text is kept, so that the next time it starts at once and in half of the memory. */
if (process.features.typescript) modules.enableCompileCache?.(join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "loon"))

/** TypeScript runs as it is from Node 22.18. On an older one the Node that comes with the packages of the portal does it, in this terminal and this folder. */
if (process.features.typescript) await import("./main.ts")
else if (existsSync(node24)) {
  const child = spawn(node24, [main, ...process.argv.slice(2)], { stdio: "inherit" })
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("exit", (code) => process.exit(code ?? 5))
} else {
  console.error("Loon vraagt Node 22.18 of nieuwer.")
  process.exit(2)
}
