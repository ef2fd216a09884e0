import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readRunning } from "../../scripts/portal/running.ts"
import type { Running } from "../../scripts/portal/running.ts"
import { until } from "../../scripts/portal/processes.ts"

export type PortalOptions = {
  withDemo?: boolean
  /** A data folder to start on again; without it a new one, thrown away at stop. */
  data?: string
  environment?: Record<string, string>
}

export type TestPortal = {
  url: string
  inboxUrl: string
  databaseUrl: string
  /** What its web and worker were given: to call our own code on the same database and files. */
  environment: Record<string, string>
  data: string
  /** All it printed so far. */
  printed: () => string
  /** Kills one part without warning; the portal starts it again. */
  kill: (name: "web" | "worker" | "inbox") => void
  /** The pid of a part at this moment; undefined while it is down. */
  pidOf: (name: "web" | "worker" | "inbox") => number | undefined
  /** Kills the start process itself without warning, as kill -9 does. Resolves when it is gone. */
  killStart: () => Promise<void>
  stop: () => Promise<void>
}

const root = join(import.meta.dirname, "../..")

/** Starts a portal the way `npm start` does, on its own data folder and ports, and waits for its last line. Stop it in afterAll. */
export async function startPortal({ withDemo = false, data, environment = {} }: PortalOptions = {}): Promise<TestPortal> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), "loondossier-portal-")))
  const chosen = { PORTAL_DATA: folder, PORTAL_DEMO: withDemo ? "yes" : "no", ...portsOf(lane), ...environment }
  const start = spawn(process.execPath, [join(root, "scripts/serve.ts")], { cwd: root, env: cleanEnvironment(chosen), stdio: ["ignore", "pipe", "pipe"] })
  let printed = ""
  let isGone = false
  start.stdout.on("data", (bytes: Buffer) => (printed += bytes.toString()))
  start.stderr.on("data", (bytes: Buffer) => (printed += bytes.toString()))
  start.on("close", () => (isGone = true))
  await until(() => isGone || /^Klaar: /m.test(printed), 400_000)
  if (!/^Klaar: /m.test(printed)) throw new Error(`The portal did not start:\n${printed}`)

  const running = known(folder)
  const pidOf = (name: string) => readRunning(folder)?.children[name]
  const end = async (signal: NodeJS.Signals) => {
    start.kill(signal)
    if (!(await until(() => isGone, 30_000))) throw new Error(`The portal did not stop:\n${printed}`)
  }
  return {
    url: running.url,
    inboxUrl: running.inboxUrl ?? "",
    databaseUrl: running.environment.DATABASE_URL ?? "",
    environment: running.environment,
    data: folder,
    printed: () => printed,
    pidOf,
    kill: (name) => {
      const pid = pidOf(name)
      if (pid) process.kill(pid, "SIGKILL")
    },
    killStart: () => end("SIGKILL"),
    stop: async () => {
      if (!isGone) await end("SIGTERM")
      if (data === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Which of the files of tests that run side by side this one is. */
const lane = Number(process.env["VITEST_POOL_ID"] ?? 1)

/** The first ports to try: each lane has its own, so that what one lets go of, or starts again on, is not taken by the other. */
function portsOf(number: number): Record<string, string> {
  const from = (port: number) => String(port + 400 * (number - 1))
  return { PORT: from(33_000), INBOX_PORT: from(38_025), SMTP_PORT: from(31_025), POSTGRES_PORT: from(56_320) }
}

/** The portal chooses for itself: what a test runner or another portal set must not leak in. */
export function cleanEnvironment(chosen: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL, MASTER_KEY, PASSWORD_PEPPER, SMTP_URL, STORAGE, PUBLIC_URL, LOG_LEVEL, VITEST, ...others } = process.env
  return { ...others, NODE_ENV: "production", ...chosen }
}

function known(folder: string): Running {
  const running = readRunning(folder)
  if (!running) throw new Error("A portal that runs writes running.json")
  return running
}
