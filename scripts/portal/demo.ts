import { rmSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { readJson, writeJson } from "./files.ts"
import type { Postgres } from "./postgres.ts"

const accountShape = z.object({ who: z.string(), username: z.string(), password: z.string() })
const stateShape = z.object({ demo: z.enum(["none", "filling", "filled"]), accounts: z.array(accountShape) })

export type DemoAccount = z.infer<typeof accountShape>

const fileIn = (data: string) => join(data, "demo.json")

/**
 * Whether this data folder is to be filled with demo data: its database is new, or an earlier filling was cut off. In that last case
 * nobody has used it yet, so database and files are emptied first. Decided before the first migration, and remembered.
 */
export async function mustFill(data: string, postgres: Postgres, withDemo: boolean): Promise<boolean> {
  const before = readJson(fileIn(data), stateShape.parse)
  if (before?.demo === "filling") {
    await postgres.empty()
    rmSync(join(data, "migrated-from"), { force: true })
    rmSync(join(data, "files"), { recursive: true, force: true })
  }
  const fill = before?.demo === "filling" || (before === undefined && postgres.isNew && withDemo)
  if (fill) writeJson(fileIn(data), { demo: "filling", accounts: [] })
  else if (before === undefined) writeJson(fileIn(data), { demo: "none", accounts: [] })
  return fill
}

/** Fills when asked to, and returns the accounts of a folder that was filled, now or before. `work` runs a script. */
export async function fillOnce(data: string, fill: boolean, work: (script: string) => Promise<void>): Promise<DemoAccount[]> {
  if (fill) await work(join(import.meta.dirname, "fill-demo.ts"))
  return readJson(fileIn(data), stateShape.parse)?.accounts ?? []
}

/** To be called when the demo data stands, with the accounts that can sign in. */
export function rememberFilled(data: string, accounts: readonly DemoAccount[]): void {
  writeJson(fileIn(data), { demo: "filled", accounts })
}
