import { execFileSync } from "node:child_process"
import type { TestPortal } from "./portal.ts"

/** Lets no file of a process grow past this many bytes, or lets them grow again. Linux only; needs no root. */
export function limitFiles(portal: TestPortal, part: "web" | "worker", bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(portal.pidOf(part)), `--fsize=${bytes}:unlimited`])
}
