import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fits } from "./answer-shape.ts"
import { ownFolder } from "./profile.ts"

/** What this machine knows of something it placed, or was placing: the delivery, null as long as no answer came, and since when. */
export type Placed = { delivery: string | null; at: string }

/** What is known of a placement by its name; null when nothing is. */
export async function placedAs(name: string): Promise<Placed | null> {
  const text = await readFile(pathOf(name), "utf8").catch(() => "")
  try {
    const kept: unknown = JSON.parse(text)
    return fits({ delivery: ["null or", "string"], at: "string" }, kept) ? kept : null
  } catch {
    return null
  }
}

/** Writes down what is known of a placement. False when nothing can be kept here: then only the portal's own memory, of a day, keeps a month from coming twice. */
export async function keepPlaced(name: string, placed: Placed): Promise<boolean> {
  const path = pathOf(name)
  try {
    await mkdir(join(ownFolder(), "geplaatst"), { recursive: true, mode: 0o700 })
    await writeFile(`${path}.${process.pid}`, JSON.stringify(placed), { mode: 0o600 })
    await rename(`${path}.${process.pid}`, path)
    return true
  } catch {
    return false
  }
}

/** Forgets a placement that was refused: nothing came of it. */
export async function forgetPlaced(name: string): Promise<void> {
  await rm(pathOf(name), { force: true })
}

function pathOf(name: string): string {
  return join(ownFolder(), "geplaatst", `${name}.json`)
}
