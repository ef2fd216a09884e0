import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs"
import { join } from "node:path"
import { until } from "./processes.ts"

export type ChildPlan = { name: string; args: string[]; env: Record<string, string | undefined> }

export type Child = {
  name: string
  pid: () => number | undefined
  /** What it wrote to its log since it last started. */
  said: () => string
  hasGivenUp: () => boolean
  stop: () => Promise<void>
}

type Around = { root: string; logs: string; onChange: () => void; onGivenUp: (name: string) => void; onMessage?: (message: unknown) => void }

/** Times in milliseconds; `deaths` within `calmAfter` of each other are one too many. */
const usualPatience = { firstWait: 500, longestWait: 15_000, calmAfter: 60_000, deaths: 6, stop: 8000 }
const largestLog = 10_000_000

/**
 * Starts a process under Node 24 that writes to its own log, leads its own process group and ends when this process ends.
 * When it dies by itself it is started again, each time a little later; after six deaths within a minute of each other it is given up.
 */
export function startChild(plan: ChildPlan, around: Around, patience = usualPatience): Child {
  const log = join(around.logs, `${plan.name}.log`)
  if (existsSync(log) && statSync(log).size > largestLog) renameSync(log, `${log}.1`)
  const guard = join(around.root, "scripts/die-with-parent.mjs")
  let isStopping = false
  let deaths = 0
  let saidFrom = 0
  let running: ChildProcess | undefined
  let retry: NodeJS.Timeout | undefined

  function start(): void {
    const out = openSync(log, "a", 0o600)
    saidFrom = statSync(log).size
    const born = Date.now()
    const started = spawn(process.execPath, ["--import", guard, ...plan.args], {
      cwd: around.root,
      env: { NODE_ENV: "production", ...plan.env },
      stdio: ["ignore", out, out, "ipc"],
      detached: true,
    })
    closeSync(out)
    running = started
    started.on("message", (message) => around.onMessage?.(message))
    started.on("error", () => died(born))
    started.on("exit", () => died(born))
    around.onChange()
  }

  function died(born: number): void {
    running = undefined
    if (isStopping) return
    deaths = Date.now() - born > patience.calmAfter ? 1 : deaths + 1
    if (deaths >= patience.deaths) return around.onGivenUp(plan.name)
    retry = setTimeout(start, Math.min(patience.firstWait * 2 ** (deaths - 1), patience.longestWait))
  }

  async function stop(): Promise<void> {
    isStopping = true
    clearTimeout(retry)
    const pid = running?.pid
    if (!pid) return
    signalGroup(pid, "SIGTERM")
    if (!(await until(() => running === undefined, patience.stop))) signalGroup(pid, "SIGKILL")
    await until(() => running === undefined, 2000)
    signalGroup(pid, "SIGKILL")
  }

  start()
  return {
    name: plan.name,
    pid: () => running?.pid,
    said: () => readFileSync(log).subarray(saidFrom).toString(),
    hasGivenUp: () => deaths >= patience.deaths,
    stop,
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It ended in the meantime.
  }
}
