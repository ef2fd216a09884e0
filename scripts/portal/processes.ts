import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"

const hasProc = existsSync("/proc/self/cmdline")

/** Whether a process with this id runs. One that ended and was not collected by its parent does not. */
export function isRunning(pid: number): boolean {
  if (hasProc) return commandOf(pid) !== ""
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** The command line of a running process; empty when there is none. */
export function commandOf(pid: number): string {
  if (!hasProc) return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout ?? ""
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
  } catch {
    return ""
  }
}

/** Waits until `isSo` answers true. False when that did not happen within `milliseconds`. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await isSo()) return true
  }
  return false
}
