import { existsSync } from "node:fs"
import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { Stopped } from "../portal/steps.ts"
import { readSealed, writeSealed } from "./sealed.ts"

/**
 * A folder with back-ups: `files/` with every stored file once, encrypted as the portal keeps it, shared by all back-ups; and `database/<moment>/` with a
 * table per file. A back-up counts when its `manifest.age` is there, which is written last.
 */
const manifestShape = z.object({
  format: z.literal(1),
  /** As its folder is called: another one put in its place is not taken for it. */
  moment: z.string(),
  madeAt: z.iso.datetime(),
  /** The newest migration that the database had. */
  migration: z.string(),
  queueVersion: z.number(),
  tables: z.array(z.object({ name: z.string(), file: z.string(), rows: z.number(), sha256: z.string() })),
  sequences: z.array(z.object({ name: z.string(), at: z.string() })),
})

export type Manifest = z.infer<typeof manifestShape>

const momentShape = /^\d{8}T\d{6}Z$/

export const filesIn = (place: string) => join(place, "files")
export const databaseIn = (place: string, moment: string) => join(place, "database", moment)
/** The keys of stored files that the portal had no more when a back-up was made. */
export const goneIn = (place: string, moment: string) => join(databaseIn(place, moment), "gone.txt")

/** A moment as the name of a back-up: 20260325T091200Z. */
export function momentOf(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}`
}

/** The whole back-ups in a folder, oldest first. */
export async function momentsIn(place: string): Promise<string[]> {
  const names = await readdir(join(place, "database")).catch(() => [])
  return names.filter((name) => momentShape.test(name) && existsSync(join(databaseIn(place, name), "manifest.age"))).toSorted()
}

/** Makes a back-up count. */
export async function writeManifest(place: string, moment: string, manifest: Manifest, passphrase: string): Promise<void> {
  const text = JSON.stringify(manifest)
  await writeSealed(join(databaseIn(place, moment), "manifest.age"), passphrase, (async function* () { yield text })())
}

/** What a back-up holds. Stopped when the keys are others than it was made with, or it was changed. */
export async function readManifest(place: string, moment: string, passphrase: string): Promise<Manifest> {
  const manifest = await openManifest(place, moment, passphrase).catch(() => null)
  if (manifest?.moment === moment) return manifest
  throw new Stopped(`De back-up van ${moment} gaat niet open met deze sleutels, of is beschadigd.`)
}

async function openManifest(place: string, moment: string, passphrase: string): Promise<Manifest> {
  let text = ""
  for await (const line of readSealed(join(databaseIn(place, moment), "manifest.age"), passphrase)) text += line
  return manifestShape.parse(JSON.parse(text))
}

/** Takes away what an earlier attempt left half. */
export async function removeHalves(place: string): Promise<void> {
  const whole = new Set(await momentsIn(place))
  const names = await readdir(join(place, "database")).catch(() => [])
  for (const name of names) if (momentShape.test(name) && !whole.has(name)) await rm(databaseIn(place, name), { recursive: true })
}
