import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { TestPortal } from "./portal.ts"

type Line = { level: string; code?: string; msg?: string }

/** All that a part of a portal wrote to its log so far. */
export function logged(portal: TestPortal, part: "web" | "worker"): string {
  return readFileSync(join(portal.data, "log", `${part}.log`), "utf8")
}

/** A log by line. What is no JSON comes from the framework itself and counts as an error, except where it says that it is there. */
export function linesIn(text: string): Line[] {
  return text.split("\n").filter((line) => line && !/^(✓|▲|- (Local|Network):)/.test(line)).map((line): Line => (line.startsWith("{") ? JSON.parse(line) : { level: "error", msg: line }))
}
