import { rmSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { readJson, writeJson } from "./files.ts"
import { commandOf, isRunning, until } from "./processes.ts"
import { Stopped } from "./steps.ts"

const shape = z.object({
  pid: z.number(),
  url: z.string(),
  inboxUrl: z.string().optional(),
  children: z.record(z.string(), z.number()),
  /** What the children were given, so that a test can look at the same database, files and mails. */
  environment: z.record(z.string(), z.string()),
})

export type Running = z.infer<typeof shape>

const fileIn = (data: string) => join(data, "running.json")

/** What runs on this data folder at the moment, or was left behind by a hard end. */
export function readRunning(data: string): Running | undefined {
  return readJson(fileIn(data), shape.parse)
}

/** Keeps the state of a running portal beside its data (mode 0600), until `forgetRunning`. */
export function writeRunning(data: string, running: Running): void {
  writeJson(fileIn(data), running)
}

/** To be called when everything has been stopped. */
export function forgetRunning(data: string): void {
  rmSync(fileIn(data), { force: true })
}

/** Refuses when another start runs on this folder. After a hard end it waits until the children of then are gone. */
export async function assertNotRunning(data: string): Promise<void> {
  const before = readRunning(data)
  if (!before || before.pid === process.pid) return
  if (commandOf(before.pid).includes("scripts/serve.ts")) {
    throw new Stopped(`Het portaal draait al op deze map: ${before.url} (proces ${before.pid}). Stop dat eerst met Ctrl-C.`)
  }
  const left = Object.values(before.children)
  await until(() => !left.some(isRunning), 6000)
}
