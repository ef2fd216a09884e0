import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"

/** Whether a process with this id exists. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** The command line of a running process; empty when there is none. */
export function commandOf(pid: number): string {
  if (!isRunning(pid)) return ""
  if (existsSync("/proc/self/cmdline")) return existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") : ""
  return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout ?? ""
}

/** Waits until `isSo` answers true. False when that did not happen within `milliseconds`. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await isSo()) return true
  }
  return false
}
