import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { execFileSync } from "node:child_process"
import { join } from "node:path"

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }))

type Stat = { parent: number; own: number; children: number }

function statOf(pid: number): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ").map(Number)
    const [parent = 0, user = 0, system = 0, userOfChildren = 0, systemOfChildren = 0] = [fields[1], fields[11], fields[12], fields[13], fields[14]]
    return { parent, own: user + system, children: userOfChildren + systemOfChildren }
  } catch {
    return null
  }
}

/** Milliseconds of processor time that these processes and all that came from them have used so far (Linux). */
export function cpuMilliseconds(roots: readonly number[]): number {
  const stats = new Map<number, Stat>()
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null
    if (stat) stats.set(Number(name), stat)
  }
  const wanted = new Set(roots)
  for (let grew = true; grew; ) {
    grew = false
    for (const [pid, stat] of stats) if (wanted.has(stat.parent) && !wanted.has(pid)) grew = Boolean(wanted.add(pid))
  }
  const ticks = [...wanted].reduce((sum, pid) => sum + (stats.get(pid)?.own ?? 0) + (stats.get(pid)?.children ?? 0), 0)
  return (ticks * 1000) / ticksPerSecond
}

/** Megabytes of memory that a process holds now, and the most it held so far. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") }
}

/** From here on the kernel counts the peak of a process anew (proc(5), clear_refs). */
export function forgetPeak(pid: number): void {
  if (readFileSync(`/proc/${pid}/status`, "utf8")) writeFileSync(`/proc/${pid}/clear_refs`, "5")
}

/** The process of a portal's Postgres that all others come from. */
export function postgresOf(data: string): number {
  return Number(readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0])
}
