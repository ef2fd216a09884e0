import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { hashOf } from "./files.ts"
import { step, Stopped } from "./steps.ts"

const generated = "src/platform/generated"
/** Not tsconfig.json: Next writes in it while it builds, and it says nothing about what comes out. */
const configs = ["package-lock.json", "package.json", "next.config.ts", "prisma.config.ts"]

/** Generates the Prisma client when the schema changed since the last time. Root is the checkout. */
export async function generateClient(root: string): Promise<void> {
  const mark = join(root, generated, ".made-from")
  const wanted = hashOf(root, ["prisma/schema", "prisma.config.ts", "package-lock.json"])
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return
  await step("Prisma-client maken", () => run(root, [join(root, "node_modules/prisma/build/index.js"), "generate"]))
  writeFileSync(mark, wanted)
}

/** Copies what the browser needs from packages into public/, then builds the pages when anything they are made of changed. */
export async function buildPages(root: string): Promise<void> {
  await copyStatic(root)
  const mark = join(root, ".next/made-from")
  const wanted = hashOf(root, ["src", "public", "prisma/schema", ...configs], [generated]) + outputKind()
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return
  rmSync(mark, { force: true })
  await step("Pagina's bouwen (next build)", () => run(root, [join(root, "node_modules/next/dist/bin/next"), "build"]))
  writeFileSync(mark, wanted)
}

const migrationSources = ["prisma/migrations", "scripts/migrate.ts", "src/platform", "package-lock.json"]

/**
 * Migrates the database that `environment` names. Our own, in the folder `data`, only when something it is made of changed since the last time;
 * another server every time, since others may have touched it.
 */
export async function migrateWhenChanged(root: string, data: string | undefined, environment: Record<string, string>): Promise<void> {
  const mark = data && join(data, "migrated-from")
  const key = createHash("sha256").update(environment.MASTER_KEY ?? "").digest("hex")
  const wanted = `${hashOf(root, migrationSources, [generated])} ${key} ${environment.STORAGE}`
  if (mark && existsSync(mark) && readFileSync(mark, "utf8") === wanted) return
  await step("Database bijwerken", () => run(root, [join(root, "scripts/migrate.ts")], environment))
  if (mark) writeFileSync(mark, wanted, { mode: 0o600 })
}

/** What the browser gets from packages goes into public/ (scripts/copy-static.mjs). */
export async function copyStatic(root: string): Promise<void> {
  const script = join(root, "scripts/copy-static.mjs")
  if (existsSync(script)) await run(root, [script])
}

function outputKind(): string {
  return ` ${process.env.NEXT_OUTPUT ?? ""} ${process.env.ONTWERP ?? ""}`
}

const running = new Set<ChildProcess>()

/** Ends what `run` started and is not done yet. */
export function stopRuns(): void {
  for (const child of running) child.kill("SIGTERM")
}

/** Runs Node 24 with these arguments, quietly; shows all it said when it fails. */
export function run(root: string, args: string[], extra: Record<string, string> = {}): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1", NODE_ENV: "production", ...extra }
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] })
  running.add(child)
  const said: Buffer[] = []
  child.stdout.on("data", (bytes: Buffer) => said.push(bytes))
  child.stderr.on("data", (bytes: Buffer) => said.push(bytes))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      running.delete(child)
      if (code === 0) resolve()
      else reject(new Stopped(`${args.join(" ").replace(`${root}/`, "")} is mislukt (${code}):\n\n${Buffer.concat(said).toString()}`))
    })
  })
}
